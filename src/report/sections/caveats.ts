import { html, type Html } from '../html.js';

/** Statements that every reader must see; never folded away. Nothing when there are none. */
export function caveats(statements: readonly string[]): Html | null {
  if (statements.length === 0) return null;
  return html`<aside class="caveats" aria-labelledby="caveats-title">
<h2 id="caveats-title"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><circle cx="8" cy="8" r="6.5"/><path d="M8 7.2v4M8 4.6v.6"/></svg>Read this first</h2>
<ul>${statements.map((statement) => html`<li>${statement}</li>`)}</ul>
</aside>
`;
}
