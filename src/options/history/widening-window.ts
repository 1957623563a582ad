/** Sessions of a full window, and how many of them must have a value: what there is of chains is often short. */
export const WIDEST = 252;
export const MIN_VALUES = 40;

/**
 * The present values of the 252 sessions up to position `t`, that of `t` at the end; `null` unless it and 40 in all have a value.
 * @param buffer room for 252 values that is written over, for who goes through many sessions
 */
export function wideningWindow(values: Float64Array, t = values.length - 1, buffer = new Float64Array(WIDEST)): Float64Array | null {
  if (!Number.isFinite(values[t])) return null;
  let count = 0;
  for (let s = Math.max(0, t - WIDEST + 1); s <= t; s++) if (Number.isFinite(values[s])) buffer[count++] = values[s];
  return count < MIN_VALUES ? null : buffer.subarray(0, count);
}

/** Share of a window's values below the last one. */
export function shareBelowLast(window: Float64Array): number {
  const own = window[window.length - 1];
  let below = 0;
  for (const value of window) if (value < own) below++;
  return below / window.length;
}

/** Where the last value stands between the lowest (0) and the highest (1) of its window; NaN where all are equal. */
export function rankOfLast(window: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of window) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return high > low ? (window[window.length - 1] - low) / (high - low) : Number.NaN;
}

/** How much a window of `count` values tells against a full one: √(count / 252), as the error of a share goes with its root. */
export function windowSupport(count: number): number {
  return Math.sqrt(Math.min(1, count / WIDEST));
}
