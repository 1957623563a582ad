/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Standard deviation with divisor n − 1; NaN for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

/** Quantile of ascending values by linear interpolation between order statistics (Hyndman and Fan, 1996, type 7). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const low = Math.floor(position);
  const here = sorted[low];
  return here + (position - low) * ((sorted[low + 1] ?? here) - here);
}

/** Least-squares line of y on x. */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): { intercept: number; slope: number } {
  const meanX = mean(x);
  const meanY = mean(y);
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    covariance += (x[i] - meanX) * (y[i] - meanY);
    variance += (x[i] - meanX) ** 2;
  }
  const slope = variance > 0 ? covariance / variance : 0;
  return { intercept: meanY - slope * meanX, slope };
}

/**
 * Mean over its standard error where neighbours depend on each other up to `lags` apart (Newey and West, 1987, Bartlett
 * weights); `null` when the estimated variance is not positive, or no larger than rounding makes it for equal values.
 */
export function neweyWestT(values: ArrayLike<number>, lags: number): number | null {
  const count = values.length;
  const centre = mean(values);
  const autocovariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += (values[i] - centre) * (values[i - lag] - centre);
    return sum / count;
  };
  let variance = autocovariance(0);
  for (let lag = 1; lag <= Math.min(lags, count - 1); lag++) variance += 2 * (1 - lag / (lags + 1)) * autocovariance(lag);
  const rounding = (count * Number.EPSILON * centre) ** 2;
  return variance > rounding ? centre / Math.sqrt(variance / count) : null;
}
