import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatPrice, formatShortDate } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { listedName, listedText, type ListedSymbols } from '../listed-name.js';
import { nothing, plainTable, type Column } from './section.js';

type Fill = RecommendationDocument['portfolio']['fills'][number];

const COLUMNS: readonly Column[] = [['Symbol', 'text'], ['Session', 'number'], ['Side', 'text'], ['For', 'text'], ['Shares', 'number'], ['Price', 'number'], ['Value', 'number'], ['Costs', 'number']];

/** What was filled of earlier decisions, and what was not. */
export function fillsPart({ portfolio: { fills, unfilled, events }, symbols }: RecommendationDocument): Html {
  const filled = fills.length > 0 ? plainTable(`Fills: ${formatCount(fills.length, 'order')}`, COLUMNS, fills.map((fill) => fillRow({ ...fill, symbol: listedName(symbols, fill.symbol) }))) : nothing('No order was filled since the last decision.');
  const open = unfilled.length > 0 ? html`<h3>Not filled</h3><dl class="ledger">${ledger(unfilled.map(({ symbol, reason }) => [symbol, reason]), symbols)}</dl>` : null;
  return html`<h3>Filled since the last decision</h3>${filled}${open}${happened(events, symbols)}`;
}

/** Splits, dividends and delistings. */
function happened(events: RecommendationDocument['portfolio']['events'], symbols: ListedSymbols): Html | null {
  return events.length === 0 ? null : html`<h3>What companies did</h3><dl class="ledger">${ledger(events.map(({ symbol, text }) => [symbol, text]), symbols)}</dl>`;
}

function ledger(lines: readonly (readonly [symbol: string, text: string])[], symbols: ListedSymbols): Html[] {
  return lines.map(([symbol, text]) => html`<div><dt>${listedName(symbols, symbol)}</dt><dd>${listedText(symbols, text)}</dd></div>`);
}

function fillRow({ symbol, session, side, reason, shares, price, costs }: Fill): readonly HtmlValue[] {
  return [symbol, formatShortDate(session), side === 'buy' ? 'Buy' : 'Sell', reason.replaceAll('-', ' '), formatNumber(shares), formatPrice(price), formatNumber(shares * price, 2), formatNumber(costs, 2)];
}
