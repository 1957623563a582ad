import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const emaLookback = (period: number): number => period - 1;

/** Weight of the newest value. */
export const emaWeight = (period: number): number => 2 / (period + 1);

/** Mean of `period` values from `begin`: the seed of an exponential average. */
export function seed(values: Float64Array, begin: number, period: number): number {
  let sum = 0;
  for (let t = begin; t < begin + period; t++) sum += values[t];
  return sum / period;
}

export function emaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const weight = emaWeight(period);
  const kept = 1 - weight; // one product less to wait for than average + (value − average) · weight
  let average = seed(values, begin, period);
  output[begin + period - 1] = average;
  for (let t = begin + period; t < end; t++) {
    average = average * kept + values[t] * weight;
    output[t] = average;
  }
}

/**
 * Exponential moving average with weight 2 / (period + 1) on the newest value, seeded by the simple mean of the first
 * `period` values, [row].
 *
 * Lookback period − 1; unbounded memory. Charts that seed by the first value differ until the seed has faded.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib EMA
 */
export function ema(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'ema');
  return series({ name: 'ema', inputs: [values], lookback: emaLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => emaRows(values, rows, period, output));
}
