import type { Changes, RecommendationDocument } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatCount, formatDay, formatMoney, formatNumber, formatPrice, formatSignedPercent } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, section } from './section.js';

/** Moves that are not folded away. */
const OPEN_MOVES = 10;

/** What is not as it was on the evening before: entries, exits, what was dropped, fills, moves. */
export function changesPart({ changes, portfolio, recommendations }: RecommendationDocument): Html {
  if (changes === null) return section('changes', 'What changed', null, nothing('The first evening of this book: there is nothing to compare with.'));
  const cards = new Set(recommendations.map(({ symbol }) => symbol));
  const blocks = [
    block('To enter, and was not', changes.newEntries.length, links(changes.newEntries, cards)), block('To leave, and was not', changes.newExits.length, links(changes.newExits, cards)),
    block('No longer to be entered', changes.dropped.length, dropped(changes)), block('Filled', changes.filled.length, filled(changes)), block('Moved while held', changes.moves.length, moves(changes, cards)),
  ].filter((one) => one !== null);
  const body = blocks.length === 0 ? nothing('No entry, exit, fill or move.') : html`<div class="changes">${blocks}</div>`;
  return section('changes', `What changed since ${formatDay(changes.since)}`, equityWords(changes.equity, portfolio.equity), body);
}

/** The change of equity, in money and against what it was. */
function equityWords(change: number, now: number): string {
  const share = now - change > 0 ? ` (${formatSignedPercent(change / (now - change), 2)})` : '';
  return `Equity ${change > 0 ? '+' : ''}${formatMoney(change)}${share}, to ${formatMoney(now)}.`;
}

function block(title: string, count: number, body: HtmlValue): Html | null {
  return count === 0 ? null : html`<div><h3>${title} <span class="unit">${formatNumber(count)}</span></h3>${body}</div>
`;
}

/** A symbol, leading to its card where it has one. */
function link(symbol: string, cards: ReadonlySet<string>): HtmlValue {
  return cards.has(symbol) ? html`<a href="#${anchor('name', symbol)}">${symbol}</a>` : symbol;
}

function links(symbols: readonly string[], cards: ReadonlySet<string>): Html {
  return html`<ul class="tags">${symbols.map((symbol) => html`<li>${link(symbol, cards)}</li>`)}</ul>`;
}

function dropped(changes: Changes): Html {
  return html`<ul class="lines">${changes.dropped.map(({ symbol, reason }) => html`<li><strong>${symbol}</strong> ${reason}</li>`)}</ul>`;
}

function filled(changes: Changes): Html {
  return html`<ul class="lines">${changes.filled.map(({ symbol, side, shares, price }) => html`<li>${side === 'buy' ? 'Bought' : 'Sold'} ${formatNumber(shares)} <strong>${symbol}</strong> at ${formatPrice(price)}</li>`)}</ul>`;
}

/** Largest first, whatever the sign. */
function moves(changes: Changes, cards: ReadonlySet<string>): Html {
  const items = [...changes.moves].sort((a, b) => Math.abs(b.return) - Math.abs(a.return)).map((move) => html`<li><strong>${link(move.symbol, cards)}</strong> <span class="${move.return < 0 ? 'loss' : 'gain'}">${formatSignedPercent(move.return)}</span></li>`);
  const rest = items.slice(OPEN_MOVES);
  const folded = rest.length === 0 ? null : html`<details><summary>${formatCount(rest.length, 'smaller move')}</summary><ul class="moves">${rest}</ul></details>`;
  return html`<ul class="moves">${items.slice(0, OPEN_MOVES)}</ul>${folded}`;
}
