import { presentIn } from './sums.js';

/** Least-squares line of y on x over each window, each [position]. */
export interface RollingRegression {
  readonly slope: Float64Array;
  readonly intercept: Float64Array;
  readonly correlation: Float64Array;
  /** Standard deviation of the errors, divisor n − 2. */
  readonly residualStd: Float64Array;
  /** Error at the window's last pair; NaN where it is missing. */
  readonly residual: Float64Array;
}

/** Relative variance below which a window counts as constant: its spread is rounding. */
const CONSTANT = 1e-24;

/**
 * Regression of y on x over pairs where both are there; NaN where fewer than `minPresent` are, or x does not vary
 * (the correlation also where y does not). Two passes a window.
 */
export function rollingRegression(y: ArrayLike<number>, x: ArrayLike<number>, window: number, minPresent = presentIn(window)): RollingRegression {
  const result = emptyRegression(y.length);
  for (let t = window - 1; t < y.length; t++) fitWindow(result, { y, x, t, xStart: t - window + 1, window, minPresent });
  return result;
}

/** Correlation of the pairs where both are there, [position]. */
export function rollingCorrelation(x: ArrayLike<number>, y: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return rollingRegression(y, x, window, minPresent).correlation;
}

/**
 * Regression of the values on time: `slope` is per position, `intercept` the line at the window's first position.
 *
 * Time is counted within the window: positions themselves would give the same window other bits further on.
 */
export function rollingTrend(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): RollingRegression {
  const result = emptyRegression(values.length);
  const x = Float64Array.from({ length: window }, (_, i) => i);
  for (let t = window - 1; t < values.length; t++) fitWindow(result, { y: values, x, t, xStart: 0, window, minPresent });
  return result;
}

function emptyRegression(length: number): RollingRegression {
  const make = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return { slope: make(), intercept: make(), correlation: make(), residualStd: make(), residual: make() };
}

interface Window {
  readonly y: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  /** Last position of the window in y. */
  readonly t: number;
  /** First position of the window in x. */
  readonly xStart: number;
  readonly window: number;
  readonly minPresent: number;
}

function fitWindow(result: RollingRegression, { y, x, t, xStart, window, minPresent }: Window): void {
  const yStart = t - window + 1;
  let [sumX, sumY, n] = [0, 0, 0];
  for (let k = 0; k < window; k++) {
    const a = x[xStart + k];
    const b = y[yStart + k];
    if (a !== a || b !== b) continue;
    sumX += a;
    sumY += b;
    n++;
  }
  if (n < minPresent || n < 3) return;
  const meanX = sumX / n;
  const meanY = sumY / n;
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = 0; k < window; k++) {
    const a = x[xStart + k] - meanX;
    const b = y[yStart + k] - meanY;
    if (a !== a || b !== b) continue;
    xx += a * a;
    xy += a * b;
    yy += b * b;
  }
  if (!(xx > n * CONSTANT * meanX * meanX)) return;
  const slope = xy / xx;
  result.slope[t] = slope;
  result.intercept[t] = meanY - slope * meanX;
  result.residualStd[t] = Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2));
  result.residual[t] = y[t] - meanY - slope * (x[xStart + window - 1] - meanX);
  if (yy > n * CONSTANT * meanY * meanY) result.correlation[t] = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}
