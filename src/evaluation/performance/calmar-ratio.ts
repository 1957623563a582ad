import type { AnnualOptions } from './annual-options.js';
import { annualReturn } from './annual-return.js';
import { maxDrawdown } from './drawdown.js';
import { ratio } from './ratio.js';

/**
 * Geometric annual return over the size of the deepest drawdown of the whole series; `null` where there was none.
 *
 * @see Young (1991), there of the last 36 months
 */
export function calmarRatio(returns: ArrayLike<number>, options: AnnualOptions = {}): number | null {
  return ratio(annualReturn(returns, options), -(maxDrawdown(returns)?.depth ?? 0));
}
