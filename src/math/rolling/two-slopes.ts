import { presentIn } from './sums.js';

/** Slopes of the least-squares plane of y on two regressors in each window, each [position]. */
export interface TwoSlopes {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Relative variance below which a window counts as constant: its spread is rounding. */
const CONSTANT = 1e-24;

/** Share of a regressor's variance that the other must leave unexplained. */
const COLLINEAR = 1e-10;

/**
 * Regression of y on two regressors, with intercept, over positions where all three are there; NaN where fewer than
 * `minPresent` are, or the regressors do not vary independently. Two passes a window.
 */
export function rollingTwoSlopes(y: ArrayLike<number>, [first, second]: readonly [ArrayLike<number>, ArrayLike<number>], window: number, minPresent = presentIn(window)): TwoSlopes {
  const result = { first: new Float64Array(y.length).fill(Number.NaN), second: new Float64Array(y.length).fill(Number.NaN) };
  for (let t = window - 1; t < y.length; t++) {
    const start = t - window + 1;
    let sumA = 0;
    let sumB = 0;
    let sumY = 0;
    let n = 0;
    for (let s = start; s <= t; s++) {
      const all = first[s] + second[s] + y[s];
      if (all !== all) continue;
      sumA += first[s];
      sumB += second[s];
      sumY += y[s];
      n++;
    }
    if (n < minPresent || n < 4) continue;
    const meanA = sumA / n;
    const meanB = sumB / n;
    const meanY = sumY / n;
    let aa = 0;
    let bb = 0;
    let ab = 0;
    let ay = 0;
    let by = 0;
    for (let s = start; s <= t; s++) {
      const a = first[s] - meanA;
      const b = second[s] - meanB;
      const c = y[s] - meanY;
      if (a + b + c !== a + b + c) continue;
      aa += a * a;
      bb += b * b;
      ab += a * b;
      ay += a * c;
      by += b * c;
    }
    if (!(aa > n * CONSTANT * meanA * meanA && bb > n * CONSTANT * meanB * meanB)) continue;
    const determinant = aa * bb - ab * ab;
    if (!(determinant > COLLINEAR * aa * bb)) continue;
    result.first[t] = (ay * bb - by * ab) / determinant;
    result.second[t] = (by * aa - ay * ab) / determinant;
  }
  return result;
}
