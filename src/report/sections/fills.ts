import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatPrice, formatShortDate } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable, type Column } from './section.js';

type Fill = RecommendationDocument['portfolio']['fills'][number];

const COLUMNS: readonly Column[] = [['Symbol', 'text'], ['Session', 'number'], ['Side', 'text'], ['For', 'text'], ['Shares', 'number'], ['Price', 'number'], ['Value', 'number'], ['Costs', 'number']];

/** What was filled of earlier decisions, and what was not. */
export function fillsPart({ portfolio: { fills, unfilled, events } }: RecommendationDocument): Html {
  const filled = fills.length > 0 ? plainTable(`Fills: ${formatCount(fills.length, 'order')}`, COLUMNS, fills.map(fillRow)) : nothing('No order was filled since the last decision.');
  const open = unfilled.length > 0 ? html`<h3>Not filled</h3><dl class="ledger">${unfilled.map(({ symbol, reason }) => html`<div><dt>${symbol}</dt><dd>${reason}</dd></div>`)}</dl>` : null;
  return html`<h3>Filled since the last decision</h3>${filled}${open}${happened(events)}`;
}

/** Splits, dividends and delistings. */
function happened(events: RecommendationDocument['portfolio']['events']): Html | null {
  return events.length === 0 ? null : html`<h3>What companies did</h3><dl class="ledger">${events.map(({ symbol, text }) => html`<div><dt>${symbol}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function fillRow({ symbol, session, side, reason, shares, price, costs }: Fill): readonly HtmlValue[] {
  return [symbol, formatShortDate(session), side === 'buy' ? 'Buy' : 'Sell', reason.replaceAll('-', ' '), formatNumber(shares), formatPrice(price), formatNumber(shares * price, 2), formatNumber(costs, 2)];
}
