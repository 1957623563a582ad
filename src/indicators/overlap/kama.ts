import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

const FAST = 2 / (2 + 1);
const SLOW = 2 / (30 + 1);

/** A period of 1 is no smoothing. */
export const kamaLookback = (period: number): number => (period > 1 ? period : 0);

export function kamaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  if (period === 1) return void output.set(values.subarray(begin, end), begin);
  let path = 0;
  let lastMoved = begin;
  for (let t = begin + 1; t < begin + period; t++) {
    path += Math.abs(values[t] - values[t - 1]);
    if (values[t] !== values[t - 1]) lastMoved = t;
  }
  let average = values[begin + period - 1];
  let leaving = 0;
  for (let t = begin + period; t < end; t++) {
    path += Math.abs(values[t] - values[t - 1]) - leaving;
    leaving = Math.abs(values[t - period + 1] - values[t - period]);
    if (values[t] !== values[t - 1]) lastMoved = t;
    const net = values[t] - values[t - period];
    // a running sum of nothing is not quite 0, so the rows without movement are counted
    const efficiency = path <= net || t - lastMoved >= period ? 1 : Math.abs(net / path);
    const weight = efficiency * (FAST - SLOW) + SLOW;
    average = average * (1 - weight * weight) + values[t] * (weight * weight);
    output[t] = average;
  }
}

/**
 * Kaufman's adaptive moving average: an exponential average whose weight goes from a 30-row one to a 2-row one with the
 * efficiency ratio, |net change| ÷ path length over `period` rows (1 where nothing moves), [row].
 *
 * Starts from the value one row before the first output. Lookback `period` (0 for period 1); unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Kaufman, Smarter Trading (1995); TA-Lib KAMA
 */
export function kama(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'kama');
  return series({ name: 'kama', inputs: [values], lookback: kamaLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => kamaRows(values, rows, period, output));
}
