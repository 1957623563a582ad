import type { Book, Fill, FillResult, Position, Unfilled } from './book.js';
import type { TradeTerms } from './fill-orders.js';
import type { SessionBar, SessionMarket } from './session-market.js';
import { sellShares } from './trade.js';

/**
 * Sells what a resting stop or target of its position catches in the session's range.
 *
 * An open at or beyond a level fills at the open; else a stop that the low reaches fills from the stop, and only if it was not reached, a
 * target that the high reaches fills at the target: where one bar holds both, the stop was first. A stop is a market order and pays a
 * concession, a target is a limit order and does not.
 *
 * What the session's part of the market does not take is left: of a target with its plan, of a stop to be sold at the next open.
 *
 * @param entered symbol → limit price of what was bought within the range: of the session only its low and its close surely came after
 */
export function triggerBrackets(book: Book, market: SessionMarket, { costs, participation, entered }: TradeTerms & { readonly entered: ReadonlyMap<string, number> }): FillResult {
  const fills: Fill[] = [];
  const unfilled: Unfilled[] = [];
  let next = book;
  for (const position of book.positions) {
    const { symbol } = position;
    const bar = market.bar(symbol);
    if (bar === null || bar.suspect || participation.isStopCut(symbol)) continue;
    const limit = entered.get(symbol);
    const hit = caught(position, limit === undefined ? bar : { ...bar, open: limit, high: bar.close });
    if (hit === null) continue;
    const liquidity = market.liquidity(symbol);
    const { shares, shortfall } = participation.allowed({ symbol, side: 'sell', shares: position.shares, reference: hit.reference, liquidity });
    if (shortfall !== null) {
      if (hit.reason === 'stop') participation.cutStop(symbol);
      unfilled.push({ symbol, reason: `${hit.reason}: ${shortfall}` });
    }
    if (shares === 0) continue;
    const traded = sellShares(next, { symbol, shares, session: market.session, liquidity, ...hit }, costs);
    participation.add(traded.fill);
    next = traded.book;
    fills.push(traded.fill);
  }
  return { book: next, fills, unfilled };
}

interface Hit {
  readonly reason: 'stop' | 'target';
  readonly reference: number;
  readonly bound: number | null;
}

/** Comparisons with a missing level or price are false: nothing is caught. */
function caught({ stop, target }: Position, { open, high, low }: SessionBar): Hit | null {
  if (open <= stop) return { reason: 'stop', reference: open, bound: null };
  if (open >= target) return { reason: 'target', reference: open, bound: target };
  if (low <= stop) return { reason: 'stop', reference: stop, bound: null };
  if (high >= target) return { reason: 'target', reference: target, bound: target };
  return null;
}

/** Moves `high`, and the stops that follow it, by the close of the session; a stop only ever rises. */
export function trailStops(book: Book, market: SessionMarket): Book {
  return { ...book, positions: book.positions.map((position) => trail(position, market.bar(position.symbol))) };
}

function trail(position: Position, bar: SessionBar | null): Position {
  if (bar === null || bar.suspect || !(bar.close > 0)) return position;
  const high = Math.max(position.high, bar.close);
  if (position.trailing === null) return { ...position, high };
  const stop = high - position.trailing;
  return { ...position, high, stop: stop <= position.stop ? position.stop : stop };
}
