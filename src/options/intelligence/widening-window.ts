/** Sessions of a full window, and how many of them must have a value: what there is of chains is often short. */
export const WIDEST = 252;
export const MIN_VALUES = 40;

/** The present values of the last 252 sessions at hand, that of the last session at the end; `null` unless it and 40 in all have a value. */
export function wideningWindow(values: Float64Array): Float64Array | null {
  if (!Number.isFinite(values[values.length - 1])) return null;
  const present = values.subarray(Math.max(0, values.length - WIDEST)).filter(Number.isFinite);
  return present.length < MIN_VALUES ? null : present;
}

/** Share of a window's values below the last one. */
export function shareBelowLast(window: Float64Array): number {
  const own = window[window.length - 1];
  return window.reduce((below, value) => below + (value < own ? 1 : 0), 0) / window.length;
}

/** Where the last value stands between the lowest (0) and the highest (1) of its window; NaN where all are equal. */
export function rankOfLast(window: Float64Array): number {
  const [low, high] = [Math.min(...window), Math.max(...window)];
  return high > low ? (window[window.length - 1] - low) / (high - low) : Number.NaN;
}

/** How much a window of `count` values tells against a full one: √(count / 252), as the error of a share goes with its root. */
export function windowSupport(count: number): number {
  return Math.sqrt(Math.min(1, count / WIDEST));
}
