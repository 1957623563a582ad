import { mean } from '../../math/stats.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { sampleDeviation } from './deviation.js';
import { excessReturns, type ExcessOptions } from './excess-returns.js';
import { ratio } from './ratio.js';

/**
 * Mean excess return over its standard deviation (divisor n − 1), times the root of the year's length; `null` of fewer than two
 * returns or equal ones.
 *
 * Returns that depend on each other make the root wrong (Lo, 2002).
 *
 * @see Sharpe (1994), equation 6
 */
export function sharpeRatio(returns: ArrayLike<number>, options: AnnualOptions & ExcessOptions = {}): number | null {
  const excess = excessReturns(returns, options, 'sharpeRatio');
  return ratio(mean(excess) * Math.sqrt(yearLength(options)), sampleDeviation(excess));
}
