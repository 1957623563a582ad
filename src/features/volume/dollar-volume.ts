/**
 * Median traded value of the last sessions of a window, in quote currency a session: what one can hope to trade.
 *
 * Not a feature but a filter: it is stated in money, so it takes values as quoted, not adjusted ones.
 *
 * @param tradedValue [session] price × shares as quoted, NaN missing; the whole window
 * @returns NaN when fewer than 80 % of the sessions have one
 */
export function medianDollarVolume(tradedValue: ArrayLike<number>): number {
  const values = Array.from(tradedValue).filter((value) => !Number.isNaN(value));
  if (values.length === 0 || values.length < 0.8 * tradedValue.length) return Number.NaN;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
