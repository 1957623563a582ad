import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { emaWeight, seed } from './ema.js';

export const demaLookback = (period: number): number => 2 * (period - 1);

/** Both averages in one pass; the second is seeded by the mean of the first `period` values of the first. */
export function demaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const weight = emaWeight(period);
  let first = seed(values, begin, period);
  let second = first;
  const warm = begin + 2 * (period - 1);
  for (let t = begin + period; t <= warm; t++) {
    first += (values[t] - first) * weight;
    second += first;
  }
  second /= period;
  output[warm] = 2 * first - second;
  const kept = 1 - weight;
  for (let t = warm + 1; t < end; t++) {
    first = first * kept + values[t] * weight;
    second = second * kept + first * weight;
    output[t] = 2 * first - second;
  }
}

/**
 * Double exponential moving average, 2·EMA − EMA(EMA), each average seeded by the simple mean of its first `period` values, [row].
 *
 * Lookback 2·(period − 1); unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Mulloy, Smoothing Data with Faster Moving Averages (1994); TA-Lib DEMA
 */
export function dema(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'dema');
  return series({ name: 'dema', inputs: [values], lookback: demaLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => demaRows(values, rows, period, output));
}
