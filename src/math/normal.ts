const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Beyond this distance from 0 the tail is a continued fraction, exact in relative terms; nearer by, a power series is shorter. */
const TAIL = 3;

/** Depth of the continued fraction: at its slowest, |x| = 3, more changes nothing in double precision. */
const DEPTH = 100;

/** Density φ(x) of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_TWO_PI;
}

/**
 * Distribution function Φ(x) of the standard normal distribution, to about 1e-13 of its value, far in the lower tail as well.
 *
 * @see Marsaglia (2004), power series; Abramowitz and Stegun (1964), 26.2.14, continued fraction of the tail
 */
export function normalCumulative(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x <= -TAIL) return upperTail(-x);
  if (x >= TAIL) return 1 - upperTail(x);
  let term = x;
  let sum = x;
  for (let odd = 3, before = 0; sum !== before; odd += 2) {
    before = sum;
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
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

/** 1 − Φ(x) for x ≥ 3. */
function upperTail(x: number): number {
  if (x === Infinity) return 0;
  let fraction = x;
  for (let k = DEPTH; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}
