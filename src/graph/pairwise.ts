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

/** Variance of the values of a window that are there, divisor their count. */
export function presentVariance(returns: Float64Array, start: number, window: number): number {
  let count = 0;
  let sum = 0;
  for (let k = 0; k < window; k++) {
    if (Number.isNaN(returns[start + k])) continue;
    count++;
    sum += returns[start + k];
  }
  let squares = 0;
  for (let k = 0; k < window; k++) if (!Number.isNaN(returns[start + k])) squares += (returns[start + k] - sum / count) ** 2;
  return squares / count;
}
