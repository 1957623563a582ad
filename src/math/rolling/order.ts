import { presentIn } from './sums.js';

/** Quantile of the present values by linear interpolation (Hyndman and Fan, 1996, type 7), [position]. */
export function rollingQuantile(values: ArrayLike<number>, window: number, q: number, minPresent = presentIn(window)): Float64Array {
  return fromSorted(values, window, minPresent, (sorted, size) => {
    const position = q * (size - 1);
    const low = Math.floor(position);
    const here = sorted[low];
    return low + 1 < size ? here + (position - low) * (sorted[low + 1] - here) : here;
  });
}

/**
 * Where the value stands among those of its window, itself included: mean rank of equals over their number, in (0, 1];
 * NaN where the value itself is missing. [position]
 */
export function rollingRank(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return fromSorted(values, window, minPresent, (sorted, size, own) => {
    if (own !== own) return Number.NaN;
    const below = lowerBound(sorted, size, own);
    let equal = 0;
    while (below + equal < size && sorted[below + equal] === own) equal++;
    return (below + (equal + 1) / 2) / size;
  });
}

/** Of the first `size` values of `sorted`, ascending, and the value at the window's end. */
type OrderStatistic = (sorted: Float64Array, size: number, own: number) => number;

/** The window kept in order: leaving and entering values are shifted in place, so that no window is sorted anew. */
function fromSorted(values: ArrayLike<number>, window: number, minPresent: number, statistic: OrderStatistic): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  const sorted = new Float64Array(window);
  let size = 0;
  for (let t = 0; t < values.length; t++) {
    const leaving = t >= window ? values[t - window] : Number.NaN;
    const entering = values[t];
    if (leaving === leaving && entering === entering) replace(sorted, size, leaving, entering);
    else if (entering === entering) insert(sorted, size++, entering);
    else if (leaving === leaving) remove(sorted, size--, leaving);
    if (t >= window - 1 && size > 0 && size >= minPresent) result[t] = statistic(sorted, size, entering);
  }
  return result;
}

/** Only what lies between the two is shifted. */
function replace(sorted: Float64Array, size: number, leaving: number, entering: number): void {
  let at = lowerBound(sorted, size, leaving);
  for (; at + 1 < size && sorted[at + 1] < entering; at++) sorted[at] = sorted[at + 1];
  for (; at > 0 && sorted[at - 1] > entering; at--) sorted[at] = sorted[at - 1];
  sorted[at] = entering;
}

function insert(sorted: Float64Array, size: number, entering: number): void {
  let at = size;
  for (; at > 0 && sorted[at - 1] > entering; at--) sorted[at] = sorted[at - 1];
  sorted[at] = entering;
}

function remove(sorted: Float64Array, size: number, leaving: number): void {
  for (let at = lowerBound(sorted, size, leaving); at + 1 < size; at++) sorted[at] = sorted[at + 1];
}

function lowerBound(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
