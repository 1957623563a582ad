import { millsRatio } from './mills-ratio.js';

/** √(2π), nearest to it. */
const ROOT_TWO_PI = 2.5066282746310007;

/** 2^27 + 1, which splits a double into halves whose products are exact. */
const SPLITTER = 134217729;

/** Density φ(x) of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_TWO_PI;
}

/**
 * Distribution function Φ(x) of the standard normal distribution, to about 1e-15 of its value, far in the lower tail as well.
 *
 * The tail is the density times Mills' ratio; what x² loses by rounding is put back (Dekker, 1971), as the exponential would magnify it.
 */
export function normalCumulative(x: number): number {
  if (Number.isNaN(x)) return x;
  const z = Math.abs(x);
  const square = z * z;
  if (square > 1500) return x < 0 ? 0 : 1;
  const swell = SPLITTER * z;
  const high = swell - (swell - z);
  const low = z - high;
  const lost = high * high - square + 2 * high * low + low * low;
  const tail = (Math.exp(-square / 2) * (1 - lost / 2) * millsRatio(z)) / ROOT_TWO_PI;
  return x < 0 ? tail : 1 - tail;
}

/**
 * Quantile Φ⁻¹(p) of the standard normal distribution: −∞ at 0, ∞ at 1, NaN outside of [0, 1].
 *
 * Two of Halley's steps from a rational start with an error below 4.5e-4 leave only rounding.
 *
 * @see Abramowitz and Stegun (1964), 26.2.23
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return -Infinity;
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 2; step++) {
    const density = normalDensity(x);
    if (density === 0) return x; // so far out that doubles hold no density to divide by
    const error = (normalCumulative(x) - p) / density;
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}
