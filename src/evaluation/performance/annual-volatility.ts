import { yearLength, type AnnualOptions } from './annual-options.js';
import { checkReturns } from './checked-returns.js';
import { sampleDeviation } from './deviation.js';

/** Standard deviation of returns (divisor n − 1) times the root of the year's length, fraction per year; `null` of fewer than two. */
export function annualVolatility(returns: ArrayLike<number>, options: AnnualOptions = {}): number | null {
  const deviation = sampleDeviation(checkReturns(returns, 'annualVolatility'));
  return deviation === null ? null : deviation * Math.sqrt(yearLength(options));
}
