import { mean } from '../math/stats.js';

/** Largest autocorrelation that is taken out of a series first: nearer to 1 the variance that is left says nothing (Andrews and Monahan, 1992). */
const MOST_MEMORY = 0.97;

/**
 * Long-run variance of a series, so that the variance of its mean is this / sessions: quadratic spectral kernel over what an autoregression of
 * one session leaves, its bandwidth from another one.
 *
 * @param values  [session], finite
 * @returns 0 where values do not vary
 * @see Andrews (1991), equations 2.7 and 6.4; Andrews and Monahan (1992)
 */
export function spectralVariance(values: ArrayLike<number>): number {
  const centre = mean(values);
  const off = Float64Array.from(values, (value) => value - centre);
  if (!(Math.sqrt(autocovariance(off, 0)) > 8 * Number.EPSILON * Math.abs(centre))) return 0;
  const memory = Math.max(-MOST_MEMORY, Math.min(MOST_MEMORY, autoregression(off)));
  const rest = Float64Array.from({ length: off.length - 1 }, (_, t) => off[t + 1] - memory * off[t]);
  return kernelVariance(rest, automaticBandwidth(rest)) / (1 - memory) ** 2;
}

/** Σ k(lag / bandwidth) γ(lag) over all lags, with Andrews' quadratic spectral kernel; γ(0) where the bandwidth is 0. */
export function kernelVariance(off: Float64Array, bandwidth: number): number {
  let variance = autocovariance(off, 0);
  for (let lag = 1; lag < off.length && bandwidth > 0; lag++) variance += 2 * spectralWeight(lag / bandwidth) * autocovariance(off, lag);
  return Math.max(0, variance);
}

/** 1.3221 (α n)^⅕ with α = 4 ρ² / (1 − ρ)⁴ of an autoregression of one session (Andrews, 1991, equations 6.2 and 6.4). */
function automaticBandwidth(values: Float64Array): number {
  const memory = Math.max(-MOST_MEMORY, Math.min(MOST_MEMORY, autoregression(values)));
  return 1.3221 * ((4 * memory * memory * values.length) / (1 - memory) ** 4) ** 0.2;
}

function spectralWeight(x: number): number {
  const z = (6 * Math.PI * x) / 5;
  return (3 / (z * z)) * (Math.sin(z) / z - Math.cos(z));
}

/** Least-squares slope on the session before, of values with mean 0; 0 where they leave nothing to fit. */
function autoregression(off: Float64Array): number {
  let [products, squares] = [0, 0];
  for (let t = 1; t < off.length; t++) {
    products += off[t] * off[t - 1];
    squares += off[t - 1] * off[t - 1];
  }
  return squares > 0 ? products / squares : 0;
}

function autocovariance(off: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < off.length; i++) sum += off[i] * off[i - lag];
  return sum / off.length;
}
