import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const smaLookback = (period: number): number => period - 1;

/** Running sum: each row adds the newest value and drops the oldest. */
export function smaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let sum = 0;
  for (let t = begin; t < begin + period - 1; t++) sum += values[t];
  for (let t = begin + period - 1; t < end; t++) {
    sum += values[t];
    output[t] = sum / period;
    sum -= values[t - period + 1];
  }
}

/**
 * Simple moving average: the mean of the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib SMA
 */
export function sma(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'sma');
  return series({ name: 'sma', inputs: [values], lookback: smaLookback(period), memory: 'finite', gaps: 'lasting' }, (rows, output) => smaRows(values, rows, period, output));
}
