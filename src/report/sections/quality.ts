import type { QualitySummary, RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatShortDate } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { listedName, listedText, type ListedSymbols } from '../listed-name.js';
import { nothing, plainTable, section, type Column } from './section.js';

const COLUMNS: readonly Column[] = [['Rule', 'mono'], ['Policy', 'text'], ['Findings', 'number'], ['Examples, most recent first', 'wide']];

/** Findings about the stored bars by rule, what was done about them, and examples. */
export function qualityPart({ quality, symbols }: RecommendationDocument): Html {
  const note = 'What the checks found in the stored bars and what was done: kept as it is, masked (the bar is treated as missing) or repaired.';
  if (quality.length === 0) return section('quality', 'Data quality', null, nothing('No check found anything.'));
  return section('quality', 'Data quality', note, plainTable('Findings by rule', COLUMNS, quality.map((summary) => ruleRow(summary, symbols))));
}

function ruleRow(summary: QualitySummary, symbols: ListedSymbols): readonly HtmlValue[] {
  return [summary.rule, html`<span class="policy">${summary.policy}</span>`, formatNumber(summary.count), examples(summary, symbols)];
}

function examples({ examples: found }: QualitySummary, symbols: ListedSymbols): Html {
  if (found.length === 0) return html`<span class="unknown">none in the window used here</span>`;
  const items = found.map(({ symbol, session, detail }) => html`<li><strong>${listedName(symbols, symbol)}</strong> <time datetime="${session}">${formatShortDate(session)}</time> <span>${listedText(symbols, detail)}</span></li>
`);
  const rest = items.length > 1 ? html`<details><summary>${formatCount(items.length - 1, 'more example')}</summary><ul class="examples">${items.slice(1)}</ul></details>` : null;
  return html`<ul class="examples">${items[0]}</ul>${rest}`;
}
