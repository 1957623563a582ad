import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatDay, formatNumber, formatPrice } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable, section, type Column } from './section.js';

type Fill = RecommendationDocument['portfolio']['fills'][number];

const COLUMNS: readonly Column[] = [['Symbol', 'text'], ['Side', 'text'], ['Shares', 'number'], ['Price', 'number'], ['Value', 'number'], ['Costs', 'number']];

/** What the session's open filled of earlier decisions, and what it did not. */
export function portfolioPart({ portfolio: { fills, unfilled }, asOf, graph }: RecommendationDocument): Html {
  const note = html`Fills of ${formatDay(asOf)}, decided at an earlier session.`;
  const filled = fills.length > 0 ? plainTable(`Fills: ${formatCount(fills.length, 'order')}`, COLUMNS, fills.map(fillRow)) : nothing('No order was filled on this session.');
  const open = unfilled.length > 0 ? html`<h3>Not filled</h3><dl class="ledger">${unfilled.map(({ symbol, reason }) => html`<div><dt>${symbol}</dt><dd>${reason}</dd></div>`)}</dl>` : null;
  return section('portfolio', 'Portfolio', note, html`${filled}${open}${together(graph)}`);
}

/** Whether the names are many bets or one. */
function together(graph: RecommendationDocument['graph']): Html | null {
  if (graph === null || graph.chosenCorrelation === null) return null;
  const { chosenCorrelation, meanCorrelation, window, names } = graph;
  return html`<h3>Moving together</h3><p>What is entered or held had a mean correlation of <strong>${correlation(chosenCorrelation)}</strong> over ${formatCount(window, 'session')}; all ${formatNumber(names)} members with enough returns: ${correlation(meanCorrelation)}.</p>`;
}

const correlation = (value: number): string => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)}`;

function fillRow({ symbol, side, shares, price, costs }: Fill): readonly HtmlValue[] {
  return [symbol, side === 'buy' ? 'Buy' : 'Sell', formatNumber(shares), formatPrice(price), formatNumber(shares * price, 2), formatNumber(costs, 2)];
}
