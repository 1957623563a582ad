import type { EntryOrder } from '../strategy.js';
import type { OrderRulesConfig } from './config.js';

/**
 * How an entry is ordered: at the open, or limited so many ranges below the close.
 * @param close quote currency; @param range average true range (fraction of the close)
 */
export function entryOrder(close: number, range: number, { entry, limitRanges }: Pick<OrderRulesConfig, 'entry' | 'limitRanges'>): EntryOrder {
  return entry === 'open' ? { kind: 'open' } : { kind: 'limit', limit: Math.max(MIN_PRICE, close * (1 - limitRanges * range)) };
}

/** No level is below a cent. */
export const MIN_PRICE = 0.01;
