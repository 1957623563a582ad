import { presentIn } from './sums.js';

/** Moments of the errors e of the least-squares line of y on x in each window, each [position]. */
export interface ResidualMoments {
  readonly slope: Float64Array;
  /** Standard deviation of the errors, divisor n. */
  readonly std: Float64Array;
  /** mean(e³) / std³. */
  readonly skewness: Float64Array;
  /** mean(e (x − mean x)²) / (std · var x), divisors n. */
  readonly coskewness: Float64Array;
}

/** Relative variance below which a window counts as constant: its spread is rounding. */
const CONSTANT = 1e-24;

/**
 * Regression of y on x over the pairs where both are there, and the third moments of its errors; NaN where fewer than
 * `minPresent` pairs are, x does not vary, or the line explains y up to rounding. Two passes a window.
 */
export function rollingResidualMoments(y: ArrayLike<number>, x: ArrayLike<number>, window: number, minPresent = presentIn(window)): ResidualMoments {
  const make = (): Float64Array => new Float64Array(y.length).fill(Number.NaN);
  const result = { slope: make(), std: make(), skewness: make(), coskewness: make() };
  for (let t = window - 1; t < y.length; t++) {
    const start = t - window + 1;
    let sumX = 0;
    let sumY = 0;
    let n = 0;
    for (let s = start; s <= t; s++) {
      const pair = x[s] + y[s];
      if (pair !== pair) continue;
      sumX += x[s];
      sumY += y[s];
      n++;
    }
    if (n < minPresent || n < 4) continue;
    const meanX = sumX / n;
    const meanY = sumY / n;
    let xx = 0;
    let xy = 0;
    let yy = 0;
    let xxx = 0;
    let xxy = 0;
    let xyy = 0;
    let yyy = 0;
    for (let s = start; s <= t; s++) {
      const a = x[s] - meanX;
      const b = y[s] - meanY;
      if (a + b !== a + b) continue;
      const aa = a * a;
      const bb = b * b;
      xx += aa;
      xy += a * b;
      yy += bb;
      xxx += aa * a;
      xxy += aa * b;
      xyy += a * bb;
      yyy += bb * b;
    }
    if (!(xx > n * CONSTANT * meanX * meanX)) continue;
    const slope = xy / xx;
    const variance = (yy - slope * xy) / n;
    result.slope[t] = slope;
    // what is left of y is rounding: its moments say nothing
    if (!(variance > (1e-12 * yy) / n)) continue;
    const std = Math.sqrt(variance);
    result.std[t] = std;
    result.skewness[t] = (yyy - slope * (3 * xyy - slope * (3 * xxy - slope * xxx))) / n / (variance * std);
    result.coskewness[t] = (xxy - slope * xxx) / xx / std;
  }
  return result;
}
