import { FINITE, requireBetween, requireOptions, requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { scratch } from '../scratch.js';

export const varianceLookback = (period: number): number => period - 1;

/**
 * Mean square minus squared mean, of distances from a value of the window itself: prices far from 0 lose no digits, and a
 * flat window gives exactly 0.
 *
 * Every window is the end of one block of `period` rows and the start of the next; sums from a block's end backwards and
 * from the next one's start forwards add up to it without ever subtracting.
 */
export function varianceRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const sums = scratch(0, period);
  const squares = scratch(1, period);
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    const anchor = values[last];
    let [sum, square] = [0, 0];
    for (let i = period - 1; i >= 0; i--) {
      const distance = values[block + i] - anchor;
      sum += distance;
      square += distance * distance;
      sums[i] = sum;
      squares[i] = square;
    }
    output[last] = spread(sum / period, square / period);
    [sum, square] = [0, 0];
    const stop = Math.min(last + period, end);
    for (let t = last + 1; t < stop; t++) {
      const distance = values[t] - anchor;
      sum += distance;
      square += distance * distance;
      output[t] = spread((sum + sums[t - last]) / period, (square + squares[t - last]) / period);
    }
  }
}

function spread(mean: number, meanSquare: number): number {
  const variance = meanSquare - mean * mean;
  return variance < 0 ? 0 : variance;
}

export function stddevRows(values: Float64Array, rows: Rows, period: number, output: Float64Array): void {
  varianceRows(values, rows, period, output);
  for (let t = rows.begin + period - 1; t < rows.end; t++) output[t] = Math.sqrt(output[t]);
}

/**
 * Population variance (divided by n) of the last `period` values, [row]; TA-Lib's VAR, whose name is a word of the language here.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib VAR
 */
export function variance(values: Float64Array, period = 5): Float64Array {
  requirePeriod(period, 1, 'variance');
  return series({ name: 'variance', inputs: [values], lookback: varianceLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => varianceRows(values, rows, period, output));
}

/**
 * Population standard deviation (divided by n) of the last `period` values, times `deviations`, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib STDDEV
 */
export function stddev(values: Float64Array, period = 5, options: { readonly deviations?: number } = {}): Float64Array {
  requirePeriod(period, 2, 'stddev');
  requireOptions(options, ['deviations'], 'stddev');
  const { deviations = 1 } = options;
  requireBetween(deviations, FINITE, 'stddev', 'deviations');
  return series({ name: 'stddev', inputs: [values], lookback: varianceLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => {
    stddevRows(values, rows, period, output);
    if (deviations !== 1) for (let t = rows.begin + period - 1; t < rows.end; t++) output[t] *= deviations;
  });
}
