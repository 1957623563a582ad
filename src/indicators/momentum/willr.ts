import { requirePeriod } from '../checks.js';
import { series } from '../rows.js';
import { positionRows } from './position.js';

export const willrLookback = (period: number): number => period - 1;

/**
 * Williams' %R: −100 · (highest high − close) ÷ (highest high − lowest low) of `period` rows, [row], −100 … 0; 0 where
 * the range is 0.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Williams, How I Made One Million Dollars Last Year Trading Commodities (1973); TA-Lib WILLR
 */
export function willr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'willr');
  return series({ name: 'willr', inputs: [high, low, close], lookback: willrLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => positionRows({ high, low, close }, rows, { period, origin: 100 }, output));
}
