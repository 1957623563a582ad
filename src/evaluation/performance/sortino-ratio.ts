import { mean } from '../../math/stats.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { excessReturns, type ExcessOptions } from './excess-returns.js';
import { ratio } from './ratio.js';

/** Root of the mean squared shortfall below the return without risk, over all sessions, fraction per session; NaN of nothing. */
const shortfall = (excess: Float64Array): number => Math.sqrt(mean(excess.map((value) => Math.min(value, 0) ** 2)));

/**
 * Downside deviation below the return without risk, fraction per year; `null` of nothing.
 *
 * @see Sortino and van der Meer (1991)
 */
export function downsideRisk(returns: ArrayLike<number>, options: AnnualOptions & ExcessOptions = {}): number | null {
  const excess = excessReturns(returns, options, 'downsideRisk');
  return excess.length === 0 ? null : shortfall(excess) * Math.sqrt(yearLength(options));
}

/**
 * Mean excess return over downside deviation, times the root of the year's length; `null` where no return fell short.
 *
 * @see Sortino and Price (1994)
 */
export function sortinoRatio(returns: ArrayLike<number>, options: AnnualOptions & ExcessOptions = {}): number | null {
  const excess = excessReturns(returns, options, 'sortinoRatio');
  return ratio(mean(excess) * Math.sqrt(yearLength(options)), shortfall(excess));
}
