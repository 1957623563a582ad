import { presentIn, rollingMean } from './sums.js';

/** Standard deviation of the present values with divisor n − `ddof`, two passes a window, [position]. */
export function rollingStd(values: ArrayLike<number>, window: number, { ddof = 1, minPresent = presentIn(window) }: { ddof?: number; minPresent?: number } = {}): Float64Array {
  const means = rollingMean(values, window, minPresent);
  return means.map((mean, t) => {
    if (mean !== mean) return Number.NaN;
    let squares = 0;
    let present = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const value = values[s];
      if (value !== value) continue;
      squares += (value - mean) * (value - mean);
      present++;
    }
    return present > ddof ? Math.sqrt(squares / (present - ddof)) : Number.NaN;
  });
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

function centralMoments(values: ArrayLike<number>, window: number, minPresent: number, statistic: (second: number, third: number, fourth: number, n: number) => number): Float64Array {
  const means = rollingMean(values, window, Math.max(4, minPresent));
  return means.map((mean, t) => {
    if (mean !== mean) return Number.NaN;
    let [second, third, fourth, n] = [0, 0, 0, 0];
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
    return second / n > (8 * Number.EPSILON * mean) ** 2 ? statistic(second / n, third / n, fourth / n, n) : Number.NaN;
  });
}

/** How many standard deviations (divisor n − 1) the value lies from the mean of its window, itself included, [position]. */
export function rollingZScore(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const means = rollingMean(values, window, minPresent);
  const deviations = rollingStd(values, window, { minPresent });
  return means.map((mean, t) => (deviations[t] > 8 * Number.EPSILON * Math.abs(mean) ? (values[t] - mean) / deviations[t] : Number.NaN));
}
