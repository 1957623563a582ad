import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatDay, formatNumber, formatPrice } from '../format.js';
import { html, type Html } from '../html.js';
import { columnHead, nothing, scrollTable, section } from './section.js';

type Fill = RecommendationDocument['portfolio']['fills'][number];

/** What the session's open filled of earlier decisions, and what it did not. */
export function portfolioPart({ portfolio, asOf }: RecommendationDocument): Html {
  const { fills, unfilled } = portfolio;
  const note = html`Fills of ${formatDay(asOf)}, decided at an earlier session.`;
  const heads = [columnHead('Symbol'), columnHead('Side'), columnHead('Shares', 'number'), columnHead('Price', 'number'), columnHead('Value', 'number'), columnHead('Costs', 'number')];
  const filled = fills.length > 0 ? scrollTable(`Fills: ${formatCount(fills.length, 'order')}`, heads, fills.map(fillRow)) : nothing('No order was filled on this session.');
  const open = unfilled.length > 0 ? html`<h3>Not filled</h3><dl class="ledger">${unfilled.map(({ symbol, reason }) => html`<div><dt>${symbol}</dt><dd>${reason}</dd></div>`)}</dl>` : null;
  return section('portfolio', 'Portfolio', note, html`${filled}${open}`);
}

function fillRow({ symbol, side, shares, price, costs }: Fill): Html {
  const numbers = [formatNumber(shares), formatPrice(price), formatNumber(shares * price, 2), formatNumber(costs, 2)];
  return html`<tr><th scope="row">${symbol}</th><td>${side === 'buy' ? 'Buy' : 'Sell'}</td>${numbers.map((text) => html`<td class="number">${text}</td>`)}</tr>
`;
}
