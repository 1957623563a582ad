/** Joins x/β and R of the fit below. */
const SCALE = 0.7;

/** Below this x/β the logarithm is its first two terms, and x may be 0. */
const TINY = 1e-4;

/** Where the start is right to 1e-4 of the deviation, mostly to 1e-6: R below stands for z < 8. */
const FARTHEST = 38.8;
const WIDEST = 0.8;

/**
 * Start for deviations of less than about 0.9: that of Bachelier's model, corrected for Black's. NaN where it does not reach.
 *
 * Bachelier's is s = x / z with β/x = φ(z)/z − Φ(−z), by a minimax fit of z² over R² for R = ln(1 + 0.7 x/β). Black's value at z = x/s differs
 * by even powers of s alone, so that s = s₀ (1 + a₁ s₀² + a₂ s₀⁴ + a₃ s₀⁶ …) with a₁ = (1 − z² (1 − z R(z))) / 24 for Mills' ratio R(z); it and the
 * others over its powers are fits too.
 *
 * `perBeta` = 1/β is √(FK) over the value, `x` = |ln(F/K)|.
 */
export function nearStart(perBeta: number, x: number): number {
  const y = x * perBeta;
  const r = y < TINY ? SCALE * y : Math.log(1 + SCALE * y);
  if (!(r < FARTHEST)) return Number.NaN;
  const r2 = r * r;
  const above = 0.3248052544691794 + 0.14536678181339438 * r + r2 * (0.023354294474895277 + 0.004177599184028163 * r + r2 * 1.3053763693844864e-5);
  const below = 1 + 0.876025060848238 * r + r2 * (0.15209709913173175 + 0.027635259194232892 * r + r2 * (0.0021936109700272425 + 6.408195730047585e-6 * r));
  const slope = Math.sqrt(above / below);
  const z = r * slope;
  const first = y < TINY ? (1 + 0.5 * SCALE * y) / (SCALE * slope * perBeta) : x / z;
  const w = first * first;
  if (w > WIDEST) return Number.NaN;
  const a = 0.04166927940415941 + z * (0.06770438025335665 + z * 0.020466478427086467);
  const u = (w * a) / (1 + z * (1.6287085553127216 + z * (1.4558090732528248 + z * (0.5026788735937756 + z * 0.16563272106736368))));
  const second = 2.0966048862761584 + z * (1.04777418895212 + z * 1.1889285736955768);
  const third = 5.536832196702212 + z * (1.9208822110016819 + z * 5.631947730605382);
  return first * (1 + u * (1 + (u * (second + u * third)) / (1 + z * (0.4502565531633202 + z * 0.32774099879845087))));
}
