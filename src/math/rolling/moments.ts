import { presentIn, rollingMean } from './sums.js';
import { asFloat64, gapCounts, squaresPresent, squaresWhole } from './window.js';

/** Standard deviation of the present values with divisor n − `ddof`, two passes a window, [position]. */
export function rollingStd(values: ArrayLike<number>, window: number, options: StdOptions = {}): Float64Array {
  return rollingMeanAndStd(values, window, options).std;
}

interface StdOptions {
  readonly ddof?: number;
  readonly minPresent?: number;
}

/** Mean and standard deviation of the present values, whoever needs both; each [position]. */
export function rollingMeanAndStd(given: ArrayLike<number>, window: number, { ddof = 1, minPresent = presentIn(window) }: StdOptions = {}): { mean: Float64Array; std: Float64Array } {
  const values = asFloat64(given);
  const gaps = gapCounts(values);
  const mean = rollingMean(values, window, minPresent);
  const std = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window - 1; t < values.length; t++) {
    if (mean[t] !== mean[t]) continue;
    const start = t - window + 1;
    const present = window - (gaps[t + 1] - gaps[start]);
    const squares = present === window ? squaresWhole(values, start, window, mean[t]) : squaresPresent(values, start, window, mean[t]);
    if (present > ddof) std[t] = Math.sqrt(squares / (present - ddof));
  }
  return { mean, std };
}

/**
 * Sample skewness of the present values, adjusted Fisher–Pearson, [position]; NaN where they are all equal.
 * @see Joanes and Gill (1998), G1
 */
export function rollingSkewness(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return centralMoments(values, window, minPresent, (second, third, _, n) => (Math.sqrt(n * (n - 1)) / (n - 2)) * (third / second ** 1.5));
}

/**
 * Sample excess kurtosis of the present values, [position]; NaN where they are all equal.
 * @see Joanes and Gill (1998), G2
 */
export function rollingKurtosis(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return centralMoments(values, window, minPresent, (second, _, fourth, n) => ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (fourth / second ** 2 - 3) + 6));
}

type MomentStatistic = (second: number, third: number, fourth: number, n: number) => number;

function centralMoments(given: ArrayLike<number>, window: number, minPresent: number, statistic: MomentStatistic): Float64Array {
  const values = asFloat64(given);
  const means = rollingMean(values, window, Math.max(4, minPresent));
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window - 1; t < values.length; t++) {
    const mean = means[t];
    if (mean !== mean) continue;
    let second = 0;
    let third = 0;
    let fourth = 0;
    let n = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const gap = values[s] - mean;
      if (gap !== gap) continue;
      const square = gap * gap;
      second += square;
      third += square * gap;
      fourth += square * square;
      n++;
    }
    // equal values leave a second moment that is only rounding of the mean
    if (second / n > (8 * Number.EPSILON * mean) ** 2) result[t] = statistic(second / n, third / n, fourth / n, n);
  }
  return result;
}

/** How many standard deviations (divisor n − 1) the value lies from the mean of its window, itself included, [position]. */
export function rollingZScore(given: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const values = asFloat64(given);
  const { mean, std } = rollingMeanAndStd(values, window, { minPresent });
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = 0; t < values.length; t++) if (std[t] > 8 * Number.EPSILON * Math.abs(mean[t])) result[t] = (values[t] - mean[t]) / std[t];
  return result;
}
