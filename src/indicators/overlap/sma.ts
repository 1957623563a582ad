import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const smaLookback = (period: number): number => period - 1;

/** Running sum: each row adds the newest value and drops the oldest. */
export function smaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const warm = begin + period - 1;
  let sum = 0;
  for (let t = begin; t <= warm; t++) sum += values[t];
  output[warm] = sum / period;
  for (let t = warm + 1; t < end; t++) {
    sum += values[t] - values[t - period];
    output[t] = sum / period;
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
