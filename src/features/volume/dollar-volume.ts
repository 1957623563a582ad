/**
 * Median traded value of the last sessions of a window, in quote currency a session: what one can hope to trade.
 *
 * Not a feature but a filter: it is stated in money, so it takes values as quoted, not adjusted ones.
 *
 * @param tradedValue [session] price × shares as quoted, NaN missing; the whole window
 * @returns NaN when fewer than 80 % of the sessions have one
 */
export function medianDollarVolume(tradedValue: ArrayLike<number>): number {
  const known = new Float64Array(tradedValue.length);
  let count = 0;
  for (let t = 0; t < tradedValue.length; t++) {
    const value = tradedValue[t];
    if (Number.isNaN(value)) continue;
    // windows are short, and asked for of every name: put in order as they come
    let at = count++;
    for (; at > 0 && known[at - 1] > value; at--) known[at] = known[at - 1];
    known[at] = value;
  }
  if (count === 0 || count < 0.8 * tradedValue.length) return Number.NaN;
  const middle = count >> 1;
  return count % 2 === 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
}
