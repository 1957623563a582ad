import { standardDeviation } from '../../math/stats.js';

/** Whether values differ by more than rounding. */
export function varies(values: Float64Array): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least > 8 * Number.EPSILON * Math.max(Math.abs(least), Math.abs(most));
}

/** Standard deviation with divisor n − 1, 0 where it is only rounding of equal values; `null` of fewer than two. */
export function sampleDeviation(values: Float64Array): number | null {
  if (values.length < 2) return null;
  return varies(values) ? standardDeviation(values) : 0;
}
