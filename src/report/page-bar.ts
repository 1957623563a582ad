import { html, type Html } from './html.js';

export interface PageBar {
  /** What the first link of the keyboard says. */
  readonly skip: string;
  /** Of when the page is. */
  readonly when: string;
  readonly parts: readonly (readonly [id: string, title: string])[];
}

/** The bar that stays on top: what this is, of when, and the way to each part. */
export function pageBar({ skip, when, parts }: PageBar): Html {
  return html`<a class="skip" href="#main">${skip}</a>
<nav class="bar" aria-label="Parts of this page"><div class="bar-inner">
<a class="brand" href="#top"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="M2 14.5C5 14.5 5.5 5.5 9 5.5s3.5 6 9 -1"/></svg>swinglab</a>
<span class="bar-date">${when}</span>
<ul>${parts.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
</div></nav>
`;
}
