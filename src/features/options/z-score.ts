/** Sessions before this one that a value is compared with, and how many of them must have one. */
export const Z_WINDOW = 20;
const MIN_PRESENT = 15;

/** Distance from the mean of the 20 sessions before, in their standard deviations (divisor n − 1); NaN where they are all equal. */
export function zAgainstPast(values: Float64Array): Float64Array {
  return Float64Array.from(values, (own, t) => {
    if (Number.isNaN(own)) return own;
    let [count, sum, squares] = [0, 0, 0];
    for (let s = Math.max(0, t - Z_WINDOW); s < t; s++) {
      if (Number.isNaN(values[s])) continue;
      count++;
      sum += values[s];
    }
    if (count < MIN_PRESENT) return Number.NaN;
    const mean = sum / count;
    for (let s = Math.max(0, t - Z_WINDOW); s < t; s++) if (!Number.isNaN(values[s])) squares += (values[s] - mean) ** 2;
    const deviation = Math.sqrt(squares / (count - 1));
    return deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? (own - mean) / deviation : Number.NaN;
  });
}
