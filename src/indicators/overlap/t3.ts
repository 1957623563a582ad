import { requireBetween, requireOptions, requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { emaWeight } from './ema.js';

export const t3Lookback = (period: number): number => 6 * (period - 1);

export interface T3Parameters {
  readonly period: number;
  readonly vFactor: number;
}

/** Six chained exponential averages; number i is seeded at row begin + i·(period − 1) by the mean of its first `period` values. */
export function t3Rows(values: Float64Array, { begin, end }: Rows, { period, vFactor }: T3Parameters, output: Float64Array): void {
  const weight = emaWeight(period);
  const square = vFactor * vFactor;
  const cube = square * vFactor;
  const [c1, c2, c3, c4] = [-cube, 3 * square + 3 * cube, -6 * square - 3 * vFactor - 3 * cube, 1 + 3 * vFactor + cube + 3 * square];
  const averages = new Float64Array(6);
  const steps = period - 1;
  for (let t = begin; t < end; t++) {
    let value = values[t];
    for (let i = 0; i < 6; i++) {
      const seedRow = begin + (i + 1) * steps;
      if (t > seedRow) averages[i] += (value - averages[i]) * weight;
      else {
        averages[i] += value;
        if (t < seedRow) break;
        averages[i] /= period;
      }
      value = averages[i];
    }
    output[t] = c1 * averages[5] + c2 * averages[4] + c3 * averages[3] + c4 * averages[2];
  }
}

/**
 * Tillson's T3: a combination of six chained exponential averages that overshoots less than a triple one, [row].
 *
 * Each average is seeded by the simple mean of its first `period` values. Lookback 6·(period − 1); unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1 or the volume factor is not in [0, 1]
 * @see Tillson, Better Moving Averages (1998); TA-Lib T3
 */
export function t3(values: Float64Array, period = 5, options: { readonly vFactor?: number } = {}): Float64Array {
  requirePeriod(period, 1, 't3');
  requireOptions(options, ['vFactor'], 't3');
  const { vFactor = 0.7 } = options;
  requireBetween(vFactor, [0, 1], 't3', 'vFactor');
  return series({ name: 't3', inputs: [values], lookback: t3Lookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => t3Rows(values, rows, { period, vFactor }, output));
}
