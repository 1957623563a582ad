import type { Fill } from '../../../portfolio/book.js';
import type { RoundTrip } from '../../../portfolio/round-trips.js';

/** The fills that each trade was made of, in the order of the trades; none of those whose fills are not known. */
export function fillsByTrade(trades: readonly RoundTrip[], fills: readonly Fill[]): (readonly Fill[])[] {
  const closed = new Map<string, (readonly Fill[])[]>();
  const open = new Map<string, Fill[]>();
  for (const fill of fills) {
    const own = [...(open.get(fill.symbol) ?? []), fill];
    const left = own.reduce((cost, { side, basis }) => (side === 'buy' ? cost + basis : cost - basis), 0);
    if (left !== 0) {
      open.set(fill.symbol, own);
      continue;
    }
    open.delete(fill.symbol);
    const key = keyOf(fill.symbol, own[0].session, fill.session);
    closed.set(key, [...(closed.get(key) ?? []), own]);
  }
  return trades.map(({ symbol, entrySession, exitSession }) => closed.get(keyOf(symbol, entrySession, exitSession))?.shift() ?? []);
}

const keyOf = (...parts: readonly string[]): string => parts.join(' ');
