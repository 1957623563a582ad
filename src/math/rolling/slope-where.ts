/** Relative variance below which a window counts as constant: its spread is rounding. */
const CONSTANT = 1e-24;

/**
 * Slope of the least-squares line of y on x over those pairs of each window whose x satisfies a condition, [position]; NaN
 * where fewer than `minPresent` of them are there, or x does not vary among them. Two passes over those pairs a window.
 */
export function rollingSlopeWhere(y: ArrayLike<number>, x: ArrayLike<number>, window: number, { where, minPresent }: { readonly where: (x: number) => boolean; readonly minPresent: number }): Float64Array {
  const result = new Float64Array(y.length).fill(Number.NaN);
  const chosen = positionsWhere(x, where);
  let from = 0; // in `chosen`, first position of the window
  let to = 0;
  for (let t = 0; t < y.length; t++) {
    while (to < chosen.length && chosen[to] <= t) to++;
    while (from < to && chosen[from] <= t - window) from++;
    if (t >= window - 1 && to - from >= minPresent) result[t] = slope(y, x, chosen.subarray(from, to), minPresent);
  }
  return result;
}

function positionsWhere(x: ArrayLike<number>, where: (x: number) => boolean): Int32Array {
  const positions = new Int32Array(x.length);
  let count = 0;
  for (let t = 0; t < x.length; t++) if (where(x[t])) positions[count++] = t;
  return positions.subarray(0, count);
}

function slope(y: ArrayLike<number>, x: ArrayLike<number>, positions: Int32Array, minPresent: number): number {
  let sumX = 0;
  let sumY = 0;
  let n = 0;
  for (let i = 0; i < positions.length; i++) {
    const b = y[positions[i]];
    if (b !== b) continue;
    sumX += x[positions[i]];
    sumY += b;
    n++;
  }
  if (n < minPresent || n < 3) return Number.NaN;
  const meanX = sumX / n;
  const meanY = sumY / n;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < positions.length; i++) {
    const a = x[positions[i]] - meanX;
    const b = y[positions[i]] - meanY;
    if (b !== b) continue;
    xx += a * a;
    xy += a * b;
  }
  return xx > n * CONSTANT * meanX * meanX ? xy / xx : Number.NaN;
}
