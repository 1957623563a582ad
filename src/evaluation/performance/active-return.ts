import { mean } from '../../math/stats.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { checkBeside, checkReturns } from './checked-returns.js';
import { sampleDeviation } from './deviation.js';
import { ratio } from './ratio.js';

/** Returns less those of the benchmark, [session], fraction per session. */
function activeReturns(returns: ArrayLike<number>, benchmark: ArrayLike<number>, where: string): Float64Array {
  const own = checkReturns(returns, where);
  const other = checkBeside(benchmark, own.length, `benchmark of ${where}`);
  return own.map((value, t) => value - other[t]);
}

/** Standard deviation of active returns (divisor n − 1), fraction per year; `null` of fewer than two (Grinold and Kahn, 2000). */
export function trackingError(returns: ArrayLike<number>, benchmark: ArrayLike<number>, options: AnnualOptions = {}): number | null {
  const deviation = sampleDeviation(activeReturns(returns, benchmark, 'trackingError'));
  return deviation === null ? null : deviation * Math.sqrt(yearLength(options));
}

/**
 * Mean active return over its standard deviation, times the root of the year's length; `null` where active returns do not vary.
 *
 * @see Goodwin (1998), of the whole active return, not of a regression's residual
 */
export function informationRatio(returns: ArrayLike<number>, benchmark: ArrayLike<number>, options: AnnualOptions = {}): number | null {
  const active = activeReturns(returns, benchmark, 'informationRatio');
  return ratio(mean(active) * Math.sqrt(yearLength(options)), sampleDeviation(active));
}
