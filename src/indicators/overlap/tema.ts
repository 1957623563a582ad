import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { emaWeight, seed } from './ema.js';

export const temaLookback = (period: number): number => 3 * (period - 1);

/** State of three chained exponential averages at the row where the third is seeded. */
export interface TripleState {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** Each average is seeded by the mean of the first `period` values of the one before; the third stands at row begin + 3·(period − 1). */
export function seedTriple(values: Float64Array, begin: number, period: number): TripleState {
  const weight = emaWeight(period);
  let first = seed(values, begin, period);
  let second = first;
  let t = begin + period;
  for (; t <= begin + 2 * (period - 1); t++) {
    first += (values[t] - first) * weight;
    second += first;
  }
  second /= period;
  let third = second;
  for (; t <= begin + 3 * (period - 1); t++) {
    first += (values[t] - first) * weight;
    second += (first - second) * weight;
    third += second;
  }
  return { first, second, third: third / period };
}

export function temaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const weight = emaWeight(period);
  let { first, second, third } = seedTriple(values, begin, period);
  const warm = begin + 3 * (period - 1);
  output[warm] = third + 3 * (first - second);
  const kept = 1 - weight;
  for (let t = warm + 1; t < end; t++) {
    first = first * kept + values[t] * weight;
    second = second * kept + first * weight;
    third = third * kept + second * weight;
    output[t] = third + 3 * (first - second);
  }
}

/**
 * Triple exponential moving average, 3·EMA − 3·EMA(EMA) + EMA(EMA(EMA)), each average seeded by the simple mean of its
 * first `period` values, [row].
 *
 * Lookback 3·(period − 1); unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Mulloy, Smoothing Data with Less Lag (1994); TA-Lib TEMA
 */
export function tema(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'tema');
  return series({ name: 'tema', inputs: [values], lookback: temaLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => temaRows(values, rows, period, output));
}
