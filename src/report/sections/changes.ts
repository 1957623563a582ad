import type { Changes, RecommendationDocument } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatCount, formatDay, formatMoney, formatSignedPercent } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { listedName, listedText, type ListedSymbols } from '../listed-name.js';
import { block } from './changes-block.js';
import { fillsTold } from './fills-told.js';
import { nothing, section } from './section.js';

/** Moves that are not folded away. */
const OPEN_MOVES = 10;

/** Instruments as they are listed, and which of them have a card. */
interface Names {
  readonly symbols: ListedSymbols;
  readonly cards: ReadonlySet<string>;
}

/** What is not as it was on the evening before: what left by its stop or target, other fills, exits, entries, what was dropped, moves. */
export function changesPart({ changes, portfolio, recommendations, symbols }: RecommendationDocument): Html {
  if (changes === null) return section('changes', 'What changed', null, nothing('The first evening of this book: there is nothing to compare with.'));
  const names: Names = { symbols, cards: new Set(recommendations.map(({ symbol }) => symbol)) };
  const blocks = [
    ...fillsTold(changes.filled, symbols),
    block('To leave, and was not', changes.newExits.length, links(changes.newExits, names)), block('To enter, and was not', changes.newEntries.length, links(changes.newEntries, names)),
    block('No longer to be entered', changes.dropped.length, dropped(changes, symbols)), block('Moved while held', changes.moves.length, moves(changes, names)),
  ].filter((one) => one !== null);
  const body = blocks.length === 0 ? nothing('No entry, exit, fill or move.') : html`<div class="changes">${blocks}</div>`;
  return section('changes', `What changed since ${formatDay(changes.since)}`, equityWords(changes.equity, portfolio.equity), body);
}

/** The change of equity, in money and against what it was. */
function equityWords(change: number, now: number): string {
  const share = now - change > 0 ? ` (${formatSignedPercent(change / (now - change), 2)})` : '';
  return `Equity ${change > 0 ? '+' : ''}${formatMoney(change)}${share}, to ${formatMoney(now)}.`;
}

/** A symbol, leading to its card where it has one. */
function link(instrument: string, { symbols, cards }: Names): HtmlValue {
  const listed = listedName(symbols, instrument);
  return cards.has(instrument) ? html`<a href="#${anchor('name', instrument)}">${listed}</a>` : listed;
}

function links(instruments: readonly string[], names: Names): Html {
  return html`<ul class="tags">${instruments.map((instrument) => html`<li>${link(instrument, names)}</li>`)}</ul>`;
}

function dropped(changes: Changes, symbols: ListedSymbols): Html {
  return html`<ul class="lines">${changes.dropped.map(({ symbol, reason }) => html`<li><strong>${listedName(symbols, symbol)}</strong> ${listedText(symbols, reason)}</li>`)}</ul>`;
}

/** Largest first, whatever the sign. */
function moves(changes: Changes, names: Names): Html {
  const items = [...changes.moves].sort((a, b) => Math.abs(b.return) - Math.abs(a.return)).map((move) => html`<li><strong>${link(move.symbol, names)}</strong> <span class="${move.return < 0 ? 'loss' : 'gain'}">${formatSignedPercent(move.return)}</span></li>`);
  const rest = items.slice(OPEN_MOVES);
  const folded = rest.length === 0 ? null : html`<details><summary>${formatCount(rest.length, 'smaller move')}</summary><ul class="moves">${rest}</ul></details>`;
  return html`<ul class="moves">${items.slice(0, OPEN_MOVES)}</ul>${folded}`;
}
