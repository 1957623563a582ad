/**
 * Median traded value of the last `window` sessions, in quote currency a session: what one can hope to trade.
 *
 * Not a feature but a filter: it is stated in money, so it takes prices as quoted, not adjusted ones.
 *
 * @param close  [session] as quoted, NaN missing
 * @param volume [session] shares on the same split basis
 * @param t      position of the session at whose close it is known
 * @returns NaN when fewer than 80 % of the sessions have both
 */
export function medianDollarVolume(close: ArrayLike<number>, volume: ArrayLike<number>, t: number, window: number): number {
  const values: number[] = [];
  for (let s = Math.max(0, t - window + 1); s <= t; s++) {
    const value = close[s]! * volume[s]!;
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length < 0.8 * window) return Number.NaN;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
