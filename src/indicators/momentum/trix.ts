import { requirePeriod } from '../checks.js';
import { emaWeight } from '../overlap/ema.js';
import { seedTriple } from '../overlap/tema.js';
import { series, type Rows } from '../rows.js';

export const trixLookback = (period: number): number => 3 * (period - 1) + 1;

function trixRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const weight = emaWeight(period);
  const kept = 1 - weight;
  let { first, second, third } = seedTriple(values, begin, period);
  for (let t = begin + 3 * (period - 1) + 1; t < end; t++) {
    const before = third;
    first = first * kept + values[t] * weight;
    second = second * kept + first * weight;
    third = third * kept + second * weight;
    output[t] = before === 0 ? 0 : (third / before - 1) * 100;
  }
}

/**
 * TRIX: one-row rate of change of a triple exponential average, [row], percent.
 *
 * Each average is seeded by the simple mean of its first `period` values. Lookback 3·(period − 1) + 1; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Hutson, Good TRIX (1983); TA-Lib TRIX
 */
export function trix(close: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'trix');
  return series({ name: 'trix', inputs: [close], lookback: trixLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => trixRows(close, rows, period, output));
}
