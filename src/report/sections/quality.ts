import type { QualitySummary, RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatShortDate } from '../format.js';
import { html, type Html } from '../html.js';
import { columnHead, nothing, scrollTable, section } from './section.js';

/** Findings about the stored bars by rule, what was done about them, and examples. */
export function qualityPart({ quality }: RecommendationDocument): Html {
  const note = 'What the checks found in the stored bars and what was done: kept as it is, masked (the bar is treated as missing) or repaired.';
  if (quality.length === 0) return section('quality', 'Data quality', null, nothing('No check found anything.'));
  const heads = [columnHead('Rule'), columnHead('Policy'), columnHead('Findings', 'number'), columnHead('Examples, most recent first')];
  return section('quality', 'Data quality', note, scrollTable('Findings by rule', heads, quality.map(ruleRow)));
}

function ruleRow(summary: QualitySummary): Html {
  return html`<tr><th scope="row" class="mono">${summary.rule}</th><td><span class="policy">${summary.policy}</span></td><td class="number">${formatNumber(summary.count)}</td><td class="wide">${examples(summary)}</td></tr>
`;
}

function examples({ examples: found }: QualitySummary): Html {
  if (found.length === 0) return html`<span class="unknown">none in the window used here</span>`;
  const items = found.map(({ symbol, session, detail }) => html`<li><strong>${symbol}</strong> <time datetime="${session}">${formatShortDate(session)}</time> <span>${detail}</span></li>
`);
  const rest = items.length > 1 ? html`<details><summary>${formatCount(items.length - 1, 'more example')}</summary><ul class="examples">${items.slice(1)}</ul></details>` : null;
  return html`<ul class="examples">${items[0]!}</ul>${rest}`;
}
