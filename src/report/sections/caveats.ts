import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { html, type Html } from '../html.js';

const SIGN = html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><circle cx="8" cy="8" r="6.5"/><path d="M8 7.2v4M8 4.6v.6"/></svg>`;

/** What must be known of the model before all else, above what to do. Nothing when there is nothing to say. */
export function noticesBanner({ notices }: RecommendationDocument): Html | null {
  if (notices.length === 0) return null;
  return html`<aside class="caveats notices" aria-label="About the model">
<ul>${notices.map((notice) => html`<li>${notice}</li>`)}</ul>
</aside>
`;
}

/** Statements that every reader must see; never folded away. Nothing when there are none; those said above are not repeated. */
export function caveats({ caveats: statements, notices }: RecommendationDocument): Html | null {
  const left = statementsLeft({ caveats: statements, notices });
  if (left.length === 0) return null;
  return html`<aside class="caveats" id="caveats" aria-labelledby="caveats-title">
<h2 id="caveats-title">${SIGN}Before acting</h2>
<ul>${left.map((statement) => html`<li>${statement}</li>`)}</ul>
</aside>
`;
}

/** Caveats that no notice says already. */
export function statementsLeft({ caveats: statements, notices }: Pick<RecommendationDocument, 'caveats' | 'notices'>): readonly string[] {
  return statements.filter((statement) => !notices.includes(statement));
}
