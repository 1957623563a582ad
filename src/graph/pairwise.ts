/**
 * Correlation over the sessions on which both series have a value, as pandas' `corr`; NaN when one of them does not vary there.
 *
 * @param returns holds both windows, NaN where missing
 * @param a start of the first window
 * @param b start of the second
 */
export function pairwiseCorrelation(returns: Float64Array, a: number, b: number, window: number): number {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let k = 0; k < window; k++) {
    const x = returns[a + k];
    const y = returns[b + k];
    if (x !== x || y !== y) continue;
    count++;
    sumX += x;
    sumY += y;
  }
  const meanX = sumX / count;
  const meanY = sumY / count;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let k = 0; k < window; k++) {
    const x = returns[a + k] - meanX;
    const y = returns[b + k] - meanY;
    if (x !== x || y !== y) continue;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const varies = xx > count * (1e-12 * meanX) ** 2 && yy > count * (1e-12 * meanY) ** 2;
  return varies ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))) : Number.NaN;
}

/** The values of a window that are there. */
export interface PresentValues {
  /** Their positions in the window, ascending. */
  readonly at: Int32Array;
  /** Less their mean. */
  readonly centred: Float64Array;
  /** Sum of squares of the centred values. */
  readonly variation: number;
}

export function presentValues(returns: Float64Array, start: number, window: number): PresentValues {
  const at: number[] = [];
  let sum = 0;
  for (let k = 0; k < window; k++) {
    if (Number.isNaN(returns[start + k])) continue;
    at.push(k);
    sum += returns[start + k];
  }
  const centred = Float64Array.from(at, (k) => returns[start + k] - sum / at.length);
  return { at: new Int32Array(at), centred, variation: centred.reduce((total, value) => total + value * value, 0) };
}

/** `pairwiseCorrelation` of a series with gaps and one without, whose window starts at `start`, in one pass. */
export function correlationWithComplete({ at, centred, variation }: PresentValues, returns: Float64Array, start: number): number {
  const level = returns[start + at[0]]; // any value near the mean keeps the squares from losing digits
  let sum = 0;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < at.length; i++) {
    const y = returns[start + at[i]] - level;
    sum += y;
    squares += y * y;
    products += centred[i] * y;
  }
  const other = squares - (sum * sum) / at.length;
  if (!(other > squares * 1e-6)) return Number.NaN; // too few digits are left
  return Math.max(-1, Math.min(1, products / Math.sqrt(variation) / Math.sqrt(other)));
}
