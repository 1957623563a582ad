import { millsRatio, millsSlope } from '../../math/mills-ratio.js';

const ROOT_TWO_PI = 2.5066282746310007;

/** Half deviations up to here, and half log-moneyness up to NEAR, take the series in t: differences of Mills' ratios would cancel by more than a digit. */
const SHORT = 0.125;
const NEAR = 0.25;

/**
 * Value of an out-of-the-money option under Black's model over its normalised vega v(h, t) √(FK): Y(h + t) − Y(h − t) with Y(z) = Φ(z)/φ(z).
 *
 * `h` = x/s ≤ 0 and `t` = s/2 ≥ 0 for x = −|ln(F/K)| and the deviation s = σ√T. To a few units in the last place of the value, save
 * what cancels in the problem itself.
 *
 * @see Jäckel (2015), "Let's Be Rational", sections 3 to 6, with Mills' ratio instead of four expansions
 */
export function timeValueRatio(h: number, t: number): number {
  if (isShort(h, t)) return 2 * t * slopeSeries(h, t);
  const z = h + t;
  if (z <= 0) return millsRatio(-z) - millsRatio(t - h);
  return ROOT_TWO_PI * Math.exp(0.5 * z * z) - gapRatio(h, t);
}

/** What an out-of-the-money option lacks to its upper bound, min(F, K), over its normalised vega; arguments as of `timeValueRatio`, h + t ≥ 0. */
export function gapRatio(h: number, t: number): number {
  return millsRatio(h + t) + millsRatio(t - h);
}

/**
 * Value of an out-of-the-money option from `kernel` = √(FK) v(h, t), its vega by the deviation, and its upper `bound` min(F, K), each discounted or not.
 *
 * Arguments else as of `timeValueRatio`.
 */
export function timeValue(kernel: number, bound: number, h: number, t: number): number {
  return h + t > 0 && !isShort(h, t) ? bound - kernel * gapRatio(h, t) : kernel * timeValueRatio(h, t);
}

function isShort(h: number, t: number): boolean {
  return t < SHORT && h * t > -NEAR;
}

/**
 * (Y(h + t) − Y(h − t)) / 2t as the Taylor series in t² about h, all of whose derivatives follow from the first: with terms
 * u_k = Y^(2k+1)(h) t^(2k) / (2k + 1)! it holds that u_(k+1) = t² ((h² + 4k + 3) u_k − t² u_(k−1)) / ((2k + 2)(2k + 3)), as Y″ = Y + h Y′. Six terms do up to SHORT.
 */
function slopeSeries(h: number, t: number): number {
  const y = h * h;
  const w = t * t;
  const u0 = millsSlope(-h);
  const u1 = w * (1 / 6) * ((y + 3) * u0 - 1);
  const u2 = w * (1 / 20) * ((y + 7) * u1 - w * u0);
  const u3 = w * (1 / 42) * ((y + 11) * u2 - w * u1);
  const u4 = w * (1 / 72) * ((y + 15) * u3 - w * u2);
  const u5 = w * (1 / 110) * ((y + 19) * u4 - w * u3);
  return u0 + (u1 + (u2 + (u3 + (u4 + u5))));
}
