import { excessReturns, type ExcessOptions } from './excess-returns.js';
import { ratio } from './ratio.js';

/**
 * Sum of gains above the return without risk over the sum of shortfalls below it; `null` where nothing fell short.
 *
 * @see Keating and Shadwick (2002)
 */
export function omegaRatio(returns: ArrayLike<number>, options: ExcessOptions = {}): number | null {
  let [gains, losses] = [0, 0];
  for (const value of excessReturns(returns, options, 'omegaRatio')) {
    gains += Math.max(value, 0);
    losses -= Math.min(value, 0);
  }
  return ratio(gains, losses);
}
