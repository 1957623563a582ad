/** A step of the unadjusted price of this size or more, in logarithms, is taken for a split: what is counted before and after it is not the same. */
const SPLIT_STEP = Math.log(1.4);

/** Whether an unadjusted price went from one to the other by a split, or it cannot be told as one of them is unknown. */
export function mayBeSplit(before: number, after: number): boolean {
  return !(Math.abs(Math.log(after / before)) < SPLIT_STEP);
}

/** The first position from which no step of an unadjusted price may be a split, gaps skipped; 0 where none is. */
export function sinceLastSplit(price: Float64Array): number {
  let later = Number.NaN;
  let first = price.length;
  for (let t = price.length - 1; t >= 0; t--) {
    if (!(price[t] > 0)) continue;
    if (later > 0 && mayBeSplit(price[t], later)) return first;
    [later, first] = [price[t], t];
  }
  return 0;
}
