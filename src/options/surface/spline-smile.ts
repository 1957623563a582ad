/** A curve through points, evaluated anywhere. */
export type Curve = (x: number) => number;

/** Points from which on the curve is a cubic. */
const CUBIC = 4;

/**
 * Shape-preserving curve of total variance through the quotes of a thin expiry: monotone where the quotes are, flat beyond them;
 * a cubic from four quotes on, straight lines below.
 *
 * @param k ascending, distinct log moneyness, [quote], at least one
 * @param w total variance, [quote]
 * @see Fritsch and Butland (1984), A method for constructing local monotone piecewise cubic interpolants
 */
export function splineCurve(k: Float64Array, w: Float64Array): Curve {
  const last = k.length - 1;
  const slopes = k.length < CUBIC ? null : knotSlopes(k, w);
  return (x) => {
    if (!(x > k[0])) return x <= k[0] ? w[0] : Number.NaN;
    if (x >= k[last]) return w[last];
    const i = interval(k, x);
    const h = k[i + 1] - k[i];
    const t = (x - k[i]) / h;
    if (slopes === null) return w[i] + t * (w[i + 1] - w[i]);
    const s = 1 - t;
    return s * s * (1 + 2 * t) * w[i] + t * t * (3 - 2 * t) * w[i + 1] + h * t * s * (s * slopes[i] - t * slopes[i + 1]);
  };
}

/** Position of the knot at or below x, which lies within the knots. */
function interval(k: Float64Array, x: number): number {
  let low = 0;
  let high = k.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (k[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** Slopes at the knots: weighted harmonic means of the neighbouring ones, 0 at turns, one-sided at the ends. */
function knotSlopes(k: Float64Array, w: Float64Array): Float64Array {
  const last = k.length - 1;
  const slopes = new Float64Array(k.length);
  const secant = (i: number): number => (w[i + 1] - w[i]) / (k[i + 1] - k[i]);
  for (let i = 1; i < last; i++) {
    const [before, after] = [secant(i - 1), secant(i)];
    if (!(before * after > 0)) continue;
    const share = (1 + (k[i + 1] - k[i]) / (k[i + 1] - k[i - 1])) / 3;
    slopes[i] = (before * after) / (share * after + (1 - share) * before);
  }
  slopes[0] = secant(0);
  slopes[last] = secant(last - 1);
  return slopes;
}
