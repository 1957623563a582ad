import { presentIn } from './sums.js';

/**
 * Covariance, divisor n − 1, of each value with the one before it, over the `window` pairs that end at the position; pairs
 * with a missing value are left out. [position]
 */
export function rollingAutocovariance(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window; t < values.length; t++) {
    let [sumNow, sumBefore, n] = [0, 0, 0];
    for (let s = t - window + 1; s <= t; s++) {
      const pair = values[s] + values[s - 1];
      if (pair !== pair) continue;
      sumNow += values[s];
      sumBefore += values[s - 1];
      n++;
    }
    if (n < minPresent || n < 2) continue;
    const [meanNow, meanBefore] = [sumNow / n, sumBefore / n];
    let products = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const product = (values[s] - meanNow) * (values[s - 1] - meanBefore);
      if (product === product) products += product;
    }
    result[t] = products / (n - 1);
  }
  return result;
}
