import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount } from '../format.js';
import { html, type Html } from '../html.js';
import { listedText } from '../listed-name.js';

/** What the risk rules could not bring about, above everything else; nothing when every limit is kept to. */
export function conflictsBanner({ risk: { conflicts }, symbols }: RecommendationDocument): Html | null {
  if (conflicts.length === 0) return null;
  return html`<aside class="conflicts" aria-labelledby="conflicts-title">
<h2 id="conflicts-title">Infeasible: ${formatCount(conflicts.length, 'limit')} cannot be kept to</h2>
<ul>${conflicts.map(({ rule, reason }) => html`<li><a class="mono" href="#risk">${rule}</a> ${listedText(symbols, reason)}</li>`)}</ul>
</aside>
`;
}
