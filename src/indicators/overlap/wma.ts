import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const wmaLookback = (period: number): number => period - 1;

/** Running: taking the plain sum from the weighted one lowers every weight by one. */
export function wmaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const divider = (period * (period + 1)) / 2;
  let weighted = 0;
  let plain = 0;
  for (let i = 1; i < period; i++) {
    const value = values[begin + i - 1];
    plain += value;
    weighted += value * i;
  }
  let oldest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const value = values[t];
    plain = plain + value - oldest;
    weighted += value * period;
    oldest = values[t - period + 1];
    output[t] = weighted / divider;
    weighted -= plain;
  }
}

/**
 * Weighted moving average with weights 1 … period, the newest value weighing most, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib WMA
 */
export function wma(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'wma');
  return series({ name: 'wma', inputs: [values], lookback: wmaLookback(period), memory: 'finite', gaps: 'lasting' }, (rows, output) => wmaRows(values, rows, period, output));
}
