import type { OrderRulesConfig } from './config.js';

/**
 * How far a trailing stop stays below the highest close since the entry (quote currency); `null` where there is none.
 * @param close quote currency; @param range average true range (fraction of the close)
 */
export function trailingDistance(close: number, range: number, { trailingRanges }: Pick<OrderRulesConfig, 'trailingRanges'>): number | null {
  return trailingRanges === 0 ? null : trailingRanges * range * close;
}
