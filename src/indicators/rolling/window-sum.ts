import type { Rows } from '../rows.js';
import { scratch } from '../scratch.js';

/**
 * Sum of the last `period` values without ever subtracting, so that no digits are lost and NaN spreads only to the windows
 * that read it: every window is the end of one block of `period` rows and the start of the next.
 */
export function windowSumRows(values: Float64Array, rows: Rows, period: number, output: Float64Array): void {
  scaledSumRows(values, rows, { period, divisor: 1 }, output);
}

/** `windowSumRows` divided by the period. */
export function windowMeanRows(values: Float64Array, rows: Rows, period: number, output: Float64Array): void {
  scaledSumRows(values, rows, { period, divisor: period }, output);
}

function scaledSumRows(values: Float64Array, { begin, end }: Rows, { period, divisor }: { readonly period: number; readonly divisor: number }, output: Float64Array): void {
  const sums = scratch(0, period);
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    let sum = 0;
    for (let i = period - 1; i >= 0; i--) {
      sum += values[block + i];
      sums[i] = sum;
    }
    output[last] = sum / divisor;
    sum = 0;
    const stop = Math.min(last + period, end);
    for (let t = last + 1; t < stop; t++) {
      sum += values[t];
      output[t] = (sums[t - last] + sum) / divisor;
    }
  }
}
