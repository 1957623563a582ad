import { presentIn, rollingMean } from './sums.js';

/** Mean absolute deviation of the present values from their mean, [position]. */
export function rollingMeanDeviation(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return rollingMean(values, window, minPresent).map((mean, t) => {
    if (mean !== mean) return Number.NaN;
    let sum = 0;
    let present = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const gap = values[s] - mean;
      if (gap !== gap) continue;
      sum += Math.abs(gap);
      present++;
    }
    return sum / present;
  });
}
