import { asFloat64, gapCounts, sumPresent, sumWhole } from './window.js';

/**
 * Statistics of the last `window` values at each position, causal: the value at t reads t − window + 1 … t.
 *
 * NaN values are skipped; the result is NaN while the window is not full and where fewer than `minPresent` values of it are
 * there. Every window is summed anew: a running sum would carry rounding from values that have left, so that the same
 * window would give other bits on a longer history.
 */

/** Share of a window that must be there unless a caller says otherwise. */
export const MIN_PRESENT = 0.8;

/** Least number of values in a window. */
export function presentIn(window: number, share = MIN_PRESENT): number {
  return Math.ceil(share * window);
}

/** Sum of the present values, [position]. */
export function rollingSum(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return sums(values, window, minPresent, false);
}

/** Mean of the present values, [position]. */
export function rollingMean(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return sums(values, window, minPresent, true);
}

function sums(given: ArrayLike<number>, window: number, minPresent: number, mean: boolean): Float64Array {
  const values = asFloat64(given);
  const gaps = gapCounts(values);
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window - 1; t < values.length; t++) {
    const start = t - window + 1;
    const present = window - (gaps[t + 1] - gaps[start]);
    if (present < minPresent) continue;
    const sum = present === window ? sumWhole(values, start, window) : sumPresent(values, start, window);
    result[t] = mean ? sum / present : sum;
  }
  return result;
}
