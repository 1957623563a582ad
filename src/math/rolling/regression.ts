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
  const pairs = { y, x, window, minPresent };
  for (let t = window - 1; t < y.length; t++) fitWindow(result, pairs, t, t - window + 1);
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
  const pairs = { y: values, x, window, minPresent };
  for (let t = window - 1; t < values.length; t++) fitWindow(result, pairs, t, 0);
  return result;
}

function emptyRegression(length: number): RollingRegression {
  const make = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return { slope: make(), intercept: make(), correlation: make(), residualStd: make(), residual: make() };
}

interface Pairs {
  readonly y: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  readonly window: number;
  readonly minPresent: number;
}

/** What a window says about its pairs. */
interface Moments {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Sums of products of deviations from the means. */
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** The window that ends at position t of y and begins at `xStart` of x. */
function fitWindow(result: RollingRegression, pairs: Pairs, t: number, xStart: number): void {
  const { y, x, window, minPresent } = pairs;
  const moments = ofCompleteWindow(pairs, t, xStart) ?? ofPresentPairs(pairs, t, xStart);
  const { n, meanX, meanY, xx, xy, yy } = moments;
  if (n < minPresent || n < 3) return;
  if (!(xx > n * CONSTANT * meanX * meanX)) return;
  const slope = xy / xx;
  result.slope[t] = slope;
  result.intercept[t] = meanY - slope * meanX;
  result.residualStd[t] = Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2));
  result.residual[t] = y[t] - meanY - slope * (x[xStart + window - 1] - meanX);
  if (yy > n * CONSTANT * meanY * meanY) result.correlation[t] = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Null when something is missing: asking that of sums instead of every value halves the time of the usual case. */
function ofCompleteWindow({ y, x, window }: Pairs, t: number, xStart: number): Moments | null {
  const yStart = t - window + 1;
  let sumX = 0;
  let sumY = 0;
  for (let k = 0; k < window; k++) {
    sumX += x[xStart + k];
    sumY += y[yStart + k];
  }
  if (!Number.isFinite(sumX) || !Number.isFinite(sumY)) return null;
  const meanX = sumX / window;
  const meanY = sumY / window;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let k = 0; k < window; k++) {
    const a = x[xStart + k] - meanX;
    const b = y[yStart + k] - meanY;
    xx += a * a;
    xy += a * b;
    yy += b * b;
  }
  return { n: window, meanX, meanY, xx, xy, yy };
}

function ofPresentPairs({ y, x, window }: Pairs, t: number, xStart: number): Moments {
  const yStart = t - window + 1;
  let sumX = 0;
  let sumY = 0;
  let n = 0;
  for (let k = 0; k < window; k++) {
    const a = x[xStart + k];
    const b = y[yStart + k];
    if (a !== a || b !== b) continue;
    sumX += a;
    sumY += b;
    n++;
  }
  const meanX = sumX / n;
  const meanY = sumY / n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let k = 0; k < window; k++) {
    const a = x[xStart + k] - meanX;
    const b = y[yStart + k] - meanY;
    if (a !== a || b !== b) continue;
    xx += a * a;
    xy += a * b;
    yy += b * b;
  }
  return { n, meanX, meanY, xx, xy, yy };
}
