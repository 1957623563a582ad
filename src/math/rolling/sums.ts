/**
 * Statistics of the last `window` values at each position, causal: the value at t reads t − window + 1 … t.
 *
 * NaN values are skipped; the result is NaN while the window is not full and where fewer than `minPresent` values of it are
 * there. Every window is summed anew, oldest first: a running sum would carry rounding from values that have left, so that
 * the same window would give other bits on a longer history.
 */

/** Share of a window that must be there unless a caller says otherwise. */
export const MIN_PRESENT = 0.8;

/** Least number of values in a window. */
export function presentIn(window: number, share = MIN_PRESENT): number {
  return Math.ceil(share * window);
}

/** Sum of the present values, [position]. */
export function rollingSum(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window - 1; t < values.length; t++) {
    let sum = 0;
    let present = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const value = values[s];
      if (value !== value) continue; // faster here than Number.isNaN
      sum += value;
      present++;
    }
    if (present >= minPresent) result[t] = sum;
  }
  return result;
}

/** Mean of the present values, [position]. */
export function rollingMean(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window - 1; t < values.length; t++) {
    let sum = 0;
    let present = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const value = values[s];
      if (value !== value) continue;
      sum += value;
      present++;
    }
    if (present >= minPresent) result[t] = sum / present;
  }
  return result;
}
