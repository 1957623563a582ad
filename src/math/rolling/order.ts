import { quantile } from '../stats.js';
import { presentIn } from './sums.js';

/** Quantile of the present values by linear interpolation (Hyndman and Fan, 1996, type 7), [position]. */
export function rollingQuantile(values: ArrayLike<number>, window: number, q: number, minPresent = presentIn(window)): Float64Array {
  return fromSorted(values, window, minPresent, (sorted) => quantile(sorted, q));
}

export function rollingMedian(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return rollingQuantile(values, window, 0.5, minPresent);
}

/**
 * Where the value stands among those of its window, itself included: mean rank of equals over their number, in (0, 1];
 * NaN where the value itself is missing. [position]
 */
export function rollingRank(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return fromSorted(values, window, minPresent, (sorted, own) => {
    if (own !== own) return Number.NaN;
    const below = lowerBound(sorted, own);
    let equal = 0;
    while (below + equal < sorted.length && sorted[below + equal] === own) equal++;
    return (below + (equal + 1) / 2) / sorted.length;
  });
}

/** The window kept in order: leaving and entering values are shifted in place, so that no window is sorted anew. */
function fromSorted(values: ArrayLike<number>, window: number, minPresent: number, statistic: (sorted: Float64Array, own: number) => number): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  const sorted = new Float64Array(window + 1);
  let size = 0;
  for (let t = 0; t < values.length; t++) {
    const leaving = t >= window ? values[t - window] : Number.NaN;
    if (leaving === leaving) {
      const at = lowerBound(sorted.subarray(0, size), leaving);
      sorted.copyWithin(at, at + 1, size);
      size--;
    }
    const entering = values[t];
    if (entering === entering) {
      const at = lowerBound(sorted.subarray(0, size), entering);
      sorted.copyWithin(at + 1, at, size);
      sorted[at] = entering;
      size++;
    }
    if (t >= window - 1 && size > 0 && size >= minPresent) result[t] = statistic(sorted.subarray(0, size), entering);
  }
  return result;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
