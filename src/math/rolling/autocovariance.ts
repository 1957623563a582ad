import { presentIn } from './sums.js';
import { asFloat64, gapCounts, productsWhole, sumWhole } from './window.js';

/**
 * Covariance, divisor n − 1, of each value with the one before it, over the `window` pairs that end at the position; pairs
 * with a missing value are left out. [position]
 */
export function rollingAutocovariance(given: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const values = asFloat64(given);
  const gaps = gapCounts(values);
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window; t < values.length; t++) {
    const start = t - window + 1;
    if (gaps[t + 1] === gaps[start - 1] && window >= Math.max(2, minPresent)) {
      const meanNow = sumWhole(values, start, window) / window;
      const meanBefore = sumWhole(values, start - 1, window) / window;
      result[t] = productsWhole(values, start, meanNow, values, start - 1, meanBefore, window) / (window - 1);
    } else result[t] = withGaps(values, t, window, minPresent);
  }
  return result;
}

function withGaps(values: Float64Array, t: number, window: number, minPresent: number): number {
  let sumNow = 0;
  let sumBefore = 0;
  let n = 0;
  for (let s = t - window + 1; s <= t; s++) {
    const pair = values[s] + values[s - 1];
    if (pair !== pair) continue;
    sumNow += values[s];
    sumBefore += values[s - 1];
    n++;
  }
  if (n < minPresent || n < 2) return Number.NaN;
  const [meanNow, meanBefore] = [sumNow / n, sumBefore / n];
  let products = 0;
  for (let s = t - window + 1; s <= t; s++) {
    const product = (values[s] - meanNow) * (values[s - 1] - meanBefore);
    if (product === product) products += product;
  }
  return products / (n - 1);
}
