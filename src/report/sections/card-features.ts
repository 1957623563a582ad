import type { FeatureValue } from '../../recommendation/recommendation.js';
import { formatCount, formatFeature, MISSING } from '../format.js';
import { html, type Html } from '../html.js';
import { rankBar } from '../rank-bar.js';

/** The features of one name, folded away: what each is, its value, and where that stands among the members. Nothing when none are shown. */
export function cardFeatures(features: readonly FeatureValue[], members: number): Html | null {
  if (features.length === 0) return null;
  const note = features.some(({ rank }) => rank !== null) ? html` <span class="note">with the rank among ${formatCount(members, 'member')}: 0 lowest, tick at 50, 100 highest</span>` : null;
  return html`<details class="card-features"><summary><h4>${formatCount(features.length, 'feature')}${note}</h4></summary>
<ul>${features.map(row)}</ul></details>
`;
}

function row({ name, describe, unit, value, rank }: FeatureValue): Html {
  const shown = value === null ? html`<span class="unknown" title="not available">${MISSING}<span class="hidden"> not available</span></span>` : formatFeature(value, unit);
  const place = rank === null ? null : html`<span class="place">${rankBar(rank)}<span aria-hidden="true">${Math.round(rank * 100)}</span></span>`;
  return html`<li><span class="what"><b>${name}</b><span>${describe}</span></span><strong>${shown}</strong>${place}</li>
`;
}
