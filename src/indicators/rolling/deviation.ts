import type { Rows } from '../rows.js';

/** Values and, row by row, the mean of the window that ends there. */
export interface Centred {
  readonly values: Float64Array;
  readonly means: Float64Array;
}

/**
 * Sum of the distances of the last `period` values from their mean.
 *
 * Four rows at a time: their windows share all but three values, which are then read once.
 */
export function deviationRows({ values, means }: Centred, { begin, end }: Rows, period: number, output: Float64Array): void {
  let t = begin + period - 1;
  for (; period >= 4 && t + 3 < end; t += 4) {
    const m0 = means[t];
    const m1 = means[t + 1];
    const m2 = means[t + 2];
    const m3 = means[t + 3];
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = t + 4 - period; i <= t; i++) {
      const value = values[i];
      a += Math.abs(value - m0);
      b += Math.abs(value - m1);
      c += Math.abs(value - m2);
      d += Math.abs(value - m3);
    }
    const first = t - period + 1;
    output[t] = a + Math.abs(values[first] - m0) + Math.abs(values[first + 1] - m0) + Math.abs(values[first + 2] - m0);
    output[t + 1] = b + Math.abs(values[first + 1] - m1) + Math.abs(values[first + 2] - m1) + Math.abs(values[t + 1] - m1);
    output[t + 2] = c + Math.abs(values[first + 2] - m2) + Math.abs(values[t + 1] - m2) + Math.abs(values[t + 2] - m2);
    output[t + 3] = d + Math.abs(values[t + 1] - m3) + Math.abs(values[t + 2] - m3) + Math.abs(values[t + 3] - m3);
  }
  for (; t < end; t++) {
    let sum = 0;
    for (let i = t - period + 1; i <= t; i++) sum += Math.abs(values[i] - means[t]);
    output[t] = sum;
  }
}
