import { mean } from '../../math/stats.js';

export interface AutomaticBlockLength {
  /** Mean sessions of a stationary bootstrap's blocks, not rounded, at least 1. */
  readonly stationary: number;
  /** Sessions of a circular bootstrap's blocks, not rounded, at least 1. */
  readonly circular: number;
}

/** Lags in a row that must be insignificant before the autocorrelation counts as gone; max(5, √(log₁₀ n)) is 5 for any series that fits in memory. */
const QUIET_LAGS = 5;

/**
 * Block lengths that minimise the mean squared error of the bootstrap's variance of a mean: (2 G² / D)^⅓ n^⅓, with G = Σ λ |k| γ(k),
 * D = 2 g² for stationary and 4/3 g² for circular blocks, g = Σ λ γ(k) and λ a flat-top window; at most min(3 √n, n / 3).
 *
 * `null` for fewer than nine values or where they do not vary.
 *
 * @see Politis and White (2004), section 3; D as corrected by Patton, Politis and White (2009)
 */
export function automaticBlockLength(values: ArrayLike<number>): AutomaticBlockLength | null {
  const count = values.length;
  if (count < 9) return null;
  const centre = mean(values);
  const off = Float64Array.from(values, (value) => value - centre);
  const longest = Math.min(count - 1, Math.ceil(Math.sqrt(count)) + QUIET_LAGS);
  const covariances = Float64Array.from({ length: longest + 1 }, (_, lag) => autocovariance(off, lag));
  if (!(Math.sqrt(covariances[0]) > 8 * Number.EPSILON * Math.abs(centre))) return null;
  const bandwidth = Math.min(longest, 2 * Math.max(1, lastSignificantLag(covariances, count)));
  let [density, slope] = [covariances[0], 0];
  for (let lag = 1; lag <= bandwidth; lag++) {
    const window = Math.min(1, 2 * (1 - lag / bandwidth));
    density += 2 * window * covariances[lag];
    slope += 2 * window * lag * covariances[lag];
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3));
  const length = (factor: number): number => (density === 0 ? most : Math.max(1, Math.min(most, Math.cbrt((2 * slope * slope * count) / (factor * density * density)))));
  return { stationary: length(2), circular: length(4 / 3) };
}

/** Smallest lag after which the autocorrelation is insignificant for long enough; the last significant one where it never is. */
function lastSignificantLag(covariances: Float64Array, count: number): number {
  const bound = 2 * Math.sqrt(Math.log10(count) / count) * covariances[0];
  let last = 0;
  for (let lag = 1; lag < covariances.length; lag++) {
    if (Math.abs(covariances[lag]) >= bound) last = lag;
    else if (lag - last >= QUIET_LAGS) break;
  }
  return last;
}

function autocovariance(off: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < off.length; i++) sum += off[i] * off[i - lag];
  return sum / off.length;
}
