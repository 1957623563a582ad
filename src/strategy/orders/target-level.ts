import type { OrderRulesConfig } from './config.js';

/**
 * Where a gain is taken: so many ranges above the close.
 * @param close quote currency; @param range average true range (fraction of the close)
 */
export function targetLevel(close: number, range: number, { targetRanges }: Pick<OrderRulesConfig, 'targetRanges'>): number {
  return close * (1 + targetRanges * range);
}
