import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatPercent } from '../format.js';
import { html, type Html } from '../html.js';
import { listedName } from '../listed-name.js';
import { section, symbolList } from './section.js';

/** How many members there were, how many could be judged, and which have no bar. */
export function universePart({ universe, recommendations, symbols }: RecommendationDocument): Html {
  const { name, members, priced, eligible, missing } = universe;
  const step = (title: string, count: number, note: string): Html => {
    const share = members > 0 ? Math.min(1, count / members) : 0;
    return html`<li><span class="step">${title}</span><span class="track" aria-hidden="true"><span style="width:${Math.round(share * 1000) / 10}%"></span></span><span class="step-count">${formatNumber(count)}</span><span class="step-note">${note}</span></li>
`;
  };
  const share = (count: number): string => (members > 0 ? `${formatPercent(count / members)} of members` : 'no members');
  const absent = missing.length > 0 ? html`<h3>${formatCount(missing.length, 'member')} without a bar on this session</h3>${symbolList(missing.map((symbol) => listedName(symbols, symbol)))}` : null;
  return section('universe', 'Universe coverage', html`Universe <span class="mono">${name}</span>, members of the session.`, html`<ol class="funnel">
${step('Members', members, 'on this session')}${step('Priced', priced, share(priced))}${step('Eligible', eligible, share(eligible))}${step('Recommended', recommendations.length, share(recommendations.length))}</ol>${absent}`);
}
