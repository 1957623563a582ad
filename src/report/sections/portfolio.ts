import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatDay, formatNumber, formatPrice } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable, section, type Column } from './section.js';

type Fill = RecommendationDocument['portfolio']['fills'][number];

const COLUMNS: readonly Column[] = [['Symbol', 'text'], ['Side', 'text'], ['Shares', 'number'], ['Price', 'number'], ['Value', 'number'], ['Costs', 'number']];

/** What the session's open filled of earlier decisions, and what it did not. */
export function portfolioPart({ portfolio: { fills, unfilled }, asOf }: RecommendationDocument): Html {
  const note = html`Fills of ${formatDay(asOf)}, decided at an earlier session.`;
  const filled = fills.length > 0 ? plainTable(`Fills: ${formatCount(fills.length, 'order')}`, COLUMNS, fills.map(fillRow)) : nothing('No order was filled on this session.');
  const open = unfilled.length > 0 ? html`<h3>Not filled</h3><dl class="ledger">${unfilled.map(({ symbol, reason }) => html`<div><dt>${symbol}</dt><dd>${reason}</dd></div>`)}</dl>` : null;
  return section('portfolio', 'Portfolio', note, html`${filled}${open}`);
}

function fillRow({ symbol, side, shares, price, costs }: Fill): readonly HtmlValue[] {
  return [symbol, side === 'buy' ? 'Buy' : 'Sell', formatNumber(shares), formatPrice(price), formatNumber(shares * price, 2), formatNumber(costs, 2)];
}
