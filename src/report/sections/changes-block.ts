import { formatNumber } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';

/** Some changes of one kind under their count; nothing when there are none. */
export function block(title: string, count: number, body: HtmlValue): Html | null {
  return count === 0 ? null : html`<div><h3>${title} <span class="unit">${formatNumber(count)}</span></h3>${body}</div>
`;
}
