import type { IsoDate } from '../core/dates.js';
import type { Fill } from '../portfolio/book.js';
import type { Panel } from '../table/panel.js';
import type { Action, Changes } from './recommendation.js';

/** An evening as far as another is compared with it. */
export interface ComparedEvening {
  readonly session: IsoDate;
  /** Quote currency, at the close. */
  readonly equity: number;
  readonly recommendations: readonly { readonly symbol: string; readonly action: Action }[];
  /** What the book held after the fills of the session. */
  readonly held: readonly string[];
}

export interface ChangesInput {
  /** The evening before, `null` when there was none. */
  readonly previous: ComparedEvening | null;
  readonly now: ComparedEvening;
  /** Since the evening before. */
  readonly fills: readonly Pick<Fill, 'symbol' | 'side' | 'shares' | 'price' | 'reason' | 'gross' | 'commission' | 'basis'>[];
  /** Orders that did not fill, then names that were looked at tonight and left out: the first reason counts. */
  readonly reasons: readonly { readonly symbol: string; readonly reason: string }[];
  /** Total-return closes, as known at the close of the evening. */
  readonly bars: Panel;
}

/** What changed against the evening before: equity by so much, and names that come and go; `null` without an evening before. */
export function changesSince({ previous, now, fills, reasons, bars }: ChangesInput): Changes | null {
  if (previous === null) return null;
  const were = actionsOf(previous);
  const are = actionsOf(now);
  const held = new Set(now.held);
  const fresh = (action: Action): string[] => now.recommendations.filter((one) => one.action === action && were.get(one.symbol) !== action).map(({ symbol }) => symbol);
  const bought = new Set(fills.filter(({ side }) => side === 'buy').map(({ symbol }) => symbol));
  const dropped = previous.recommendations.filter(({ symbol, action }) => action === 'enter' && !held.has(symbol) && !bought.has(symbol) && are.get(symbol) !== 'enter');
  return {
    since: previous.session,
    equity: now.equity - previous.equity,
    newEntries: fresh('enter'),
    newExits: fresh('exit'),
    dropped: dropped.map(({ symbol }) => ({ symbol, reason: reasons.find((one) => one.symbol === symbol)?.reason ?? 'no longer among the names that were looked at' })),
    filled: fills.map(({ symbol, side, shares, price, reason, gross, commission, basis }) => ({ symbol, side, shares, price, reason, return: side === 'buy' || basis === 0 ? null : (gross - commission) / basis - 1 })),
    moves: previous.held.filter((symbol) => held.has(symbol)).flatMap((symbol) => {
      const change = lastClose(bars, symbol, now.session) / lastClose(bars, symbol, previous.session) - 1;
      return Number.isFinite(change) ? [{ symbol, return: change }] : [];
    }),
  };
}

const actionsOf = ({ recommendations }: ComparedEvening): ReadonlyMap<string, Action> => new Map(recommendations.map(({ symbol, action }) => [symbol, action]));

/** Last close at or before a session; NaN when there is none. */
function lastClose(bars: Panel, symbol: string, session: IsoDate): number {
  if (!bars.hasSymbol(symbol)) return Number.NaN;
  for (let t = bars.indexOf(session); t >= 0; t--) {
    const close = bars.series('close', symbol)[t];
    if (close > 0) return close;
  }
  return Number.NaN;
}
