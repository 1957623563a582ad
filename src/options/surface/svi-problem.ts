import type { SviSlice } from './svi.js';

/** Total variance never falls below this share of the least that was quoted. */
const LEAST_SHARE = 0.05;

/**
 * The inner problem of the quasi-explicit method: for m and σ given, w = a + d y + c √(y² + 1) with y = (k − m) / σ is linear in a, c = b σ
 * and d = ρ b σ, so that its weighted least squares within |d| ≤ c and c + |d| ≤ 2 σ (Lee's bound) are found without a search.
 *
 * Deviation: a may be below 0 as long as total variance stays above 0; there, a is lifted to where it does, not solved for anew.
 * The result of the last evaluation stands in `a`, `c`, `d`: no evaluation allocates.
 *
 * @see De Marco and Martini (2009), Quasi-explicit calibration of Gatheral's SVI model, Zeliade Systems white paper, section 3
 */
export class SviProblem {
  /** Log moneyness, total variance and weight of its square error, [quote]. */
  readonly k: Float64Array;
  readonly w: Float64Array;
  readonly weight: Float64Array;
  a = 0;
  c = 0;
  d = 0;
  /** Weighted sum of squared errors of the last evaluation. */
  squares = 0;
  readonly #floor: number;
  readonly #slopes = { d: 0, c: 0 };

  constructor(k: Float64Array, w: Float64Array, weight: Float64Array) {
    this.k = k;
    this.w = w;
    this.weight = weight;
    let least = Infinity;
    for (let i = 0; i < w.length; i++) least = Math.min(least, w[i]);
    this.#floor = LEAST_SHARE * least;
  }

  /** Least weighted sum of squared errors of total variance for m and σ. */
  evaluate(m: number, sigma: number): number {
    const { k, w, weight } = this;
    let [q0, qy, qu, qw] = [0, 0, 0, 0];
    let [qyy, qyu, quu, qyw, quw, qww] = [0, 0, 0, 0, 0, 0];
    const inverse = 1 / sigma;
    for (let i = 0; i < k.length; i++) {
      const q = weight[i];
      const y = (k[i] - m) * inverse;
      const u = Math.sqrt(y * y + 1) - 1;
      const v = w[i];
      const qyi = q * y;
      const qui = q * u;
      const qvi = q * v;
      q0 += q;
      qy += qyi;
      qu += qui;
      qw += qvi;
      qyy += qyi * y;
      qyu += qyi * u;
      quu += qui * u;
      qyw += qyi * v;
      quw += qui * v;
      qww += qvi * v;
    }
    const [my, mu, mw] = [qy / q0, qu / q0, qw / q0];
    const least = solveSlopes({ yy: qyy - qy * my, yu: qyu - qy * mu, uu: quu - qu * mu, yw: qyw - qy * mw, uw: quw - qu * mw }, sigma, this.#slopes);
    const { c, d } = this.#slopes;
    const level = mw - d * my - c * mu - c; // of a, as u = √(y² + 1) − 1
    const lift = Math.max(0, this.#floor - level - Math.sqrt(Math.max(0, c * c - d * d)));
    this.a = level + lift;
    this.c = c;
    this.d = d;
    this.squares = Math.max(0, qww - qw * mw + least) + q0 * lift * lift;
    return this.squares;
  }

  /** The slice of m, σ and the slopes of its last evaluation. */
  slice(m: number, sigma: number): SviSlice {
    this.evaluate(m, sigma);
    return { a: this.a, b: this.c / sigma, rho: this.c > 0 ? Math.max(-1, Math.min(1, this.d / this.c)) : 0, m, sigma };
  }
}

/** Centred weighted moments of y, u and w. */
interface Moments {
  readonly yy: number;
  readonly yu: number;
  readonly uu: number;
  readonly yw: number;
  readonly uw: number;
}

/** Minimum of the quadratic d² yy + 2 d c yu + c² uu − 2 (d yw + c uw) over |d| ≤ c, c + |d| ≤ 2 σ; writes where it lies. */
function solveSlopes(moments: Moments, sigma: number, into: { d: number; c: number }): number {
  const { yy, yu, uu, yw, uw } = moments;
  const determinant = yy * uu - yu * yu;
  if (determinant > 1e-14 * yy * uu) {
    const d = (yw * uu - uw * yu) / determinant;
    const c = (uw * yy - yw * yu) / determinant;
    if (Math.abs(d) <= c && c + Math.abs(d) <= 2 * sigma) {
      into.d = d;
      into.c = c;
      return -(d * yw + c * uw);
    }
  }
  into.d = 0;
  into.c = 0;
  let least = 0;
  // the corners of the region in turn: (0, 0), (σ, σ), (0, 2σ), (−σ, σ)
  for (let edge = 0; edge < 4; edge++) {
    const fromD = edge === 1 ? sigma : edge === 3 ? -sigma : 0;
    const fromC = edge === 0 ? 0 : edge === 2 ? 2 * sigma : sigma;
    const stepD = edge === 0 || edge === 3 ? sigma : -sigma;
    const stepC = edge < 2 ? sigma : -sigma;
    const curvature = stepD * stepD * yy + 2 * stepD * stepC * yu + stepC * stepC * uu;
    const slope = stepD * (yw - fromD * yy - fromC * yu) + stepC * (uw - fromD * yu - fromC * uu);
    const along = curvature > 0 ? Math.max(0, Math.min(1, slope / curvature)) : 0;
    const d = fromD + along * stepD;
    const c = fromC + along * stepC;
    const value = d * d * yy + 2 * d * c * yu + c * c * uu - 2 * (d * yw + c * uw);
    if (value >= least) continue;
    least = value;
    into.d = d;
    into.c = c;
  }
  return least;
}
