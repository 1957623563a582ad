import type { MarketView } from '../view.js';
import type { OrderRulesConfig } from './config.js';
import { MIN_PRICE } from './entry-order.js';

/** Below a low by this share of a range, so that touching it again is not yet breaking it. */
const BUFFER_RANGES = 0.25;

export interface StopLevel {
  /** Quote currency. */
  readonly stop: number;
  /** The low that holds it; `null` for a stop by volatility. */
  readonly low: number | null;
}

/**
 * Where a trade is given up, known at the close: so many ranges below it (Wilder, 1978), or below the lowest low of some sessions, on
 * the price basis of this session, where that is nearer and below the price of the entry.
 * @param entry the close, or the limit of the entry (quote currency); @param range average true range (fraction of the close)
 */
export function stopLevel(view: MarketView, symbol: string, { entry, range }: { readonly entry: number; readonly range: number }, { stop: kind, stopRanges, structureSessions }: Pick<OrderRulesConfig, 'stop' | 'stopRanges' | 'structureSessions'>): StopLevel {
  const close = view.close(symbol);
  const furthest = Math.max(MIN_PRICE, close * (1 - stopRanges * range));
  if (kind === 'volatility') return { stop: furthest, low: null };
  const low = lowestLow(view, symbol, structureSessions);
  const held = low - BUFFER_RANGES * range * close;
  return held > furthest && held < entry ? { stop: held, low } : { stop: furthest, low: null };
}

/** The lowest low as a price of this session; −Infinity without bars. */
function lowestLow(view: MarketView, symbol: string, sessions: number): number {
  const lows = view.history('low', symbol, sessions);
  const lowest = lows.reduce((least, low) => (low < least ? low : least), Infinity);
  const basis = view.close(symbol) / view.history('close', symbol, 1)[0];
  return Number.isFinite(lowest) ? lowest * basis : -Infinity;
}
