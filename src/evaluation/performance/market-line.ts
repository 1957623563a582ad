import { correlation } from '../../math/correlation.js';
import { fitLine } from '../../math/stats.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { checkBeside } from './checked-returns.js';
import { varies } from './deviation.js';
import { excessReturns, type ExcessOptions } from './excess-returns.js';

/** Least-squares line of excess returns on those of a benchmark. */
export interface MarketLine {
  /** Intercept times the sessions of a year, fraction per year (Jensen, 1968). */
  readonly alpha: number;
  /** Slope: return per return of the benchmark (Sharpe, 1964). */
  readonly beta: number;
  /** Pearson's correlation, −1 to 1; `null` where returns do not vary. */
  readonly correlation: number | null;
}

/**
 * Alpha, beta and correlation against a benchmark; `null` where the benchmark does not vary.
 *
 * @param returns    simple returns [session], fraction
 * @param benchmark  those of the benchmark on the same sessions
 * @throws InvariantError `BAD_RETURNS` where a return is missing or lengths differ
 */
export function marketLine(returns: ArrayLike<number>, benchmark: ArrayLike<number>, options: AnnualOptions & ExcessOptions = {}): MarketLine | null {
  const y = excessReturns(returns, options, 'marketLine');
  const x = excessReturns(checkBeside(benchmark, y.length, 'benchmark of marketLine'), options, 'benchmark of marketLine');
  if (!varies(x)) return null;
  const { intercept, slope } = fitLine(x, y);
  return { alpha: intercept * yearLength(options), beta: slope, correlation: varies(y) ? correlation(x, y) : null };
}
