import { InvariantError } from '../../core/errors.js';

export interface BrentOptions {
  /** The root is found to this distance, beside a few units of rounding. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/**
 * A root of a continuous function between `lower` and `upper`, where its values have opposite signs: bisection that speeds up where secants and parabolas fit.
 *
 * @returns `null` when both ends have the same sign, or one is NaN
 * @throws InvariantError `NOT_CONVERGED` after `maxIterations` (100), which only a function without order reaches
 * @see Brent (1973), Algorithms for Minimization without Derivatives, chapter 4
 */
export function brent(f: (x: number) => number, lower: number, upper: number, options: BrentOptions = {}): number | null {
  const { tolerance = 1e-12, maxIterations = 100 } = options;
  let [a, b, fa, fb] = [lower, upper, f(lower), f(upper)];
  if (Number.isNaN(fa) || Number.isNaN(fb) || fa * fb > 0) return null;
  let [c, fc, step, before] = [a, fa, b - a, b - a];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    // the root lies between b, the best so far, and c
    if (fb * fc > 0) [c, fc, step, before] = [a, fa, b - a, b - a];
    if (Math.abs(fc) < Math.abs(fb)) [a, b, c, fa, fb, fc] = [b, c, b, fb, fc, fb];
    const enough = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= enough || fb === 0) return b;
    const next = Math.abs(before) < enough || Math.abs(fa) <= Math.abs(fb) ? null : interpolated({ a, b, c, fa, fb, fc }, enough, before);
    [before, step] = next === null ? [half, half] : [step, next];
    [a, fa] = [b, fb];
    b += Math.abs(step) > enough ? step : Math.sign(half) * enough;
    fb = f(b);
  }
  throw new InvariantError(`expected a root within ${maxIterations} steps, found none between ${lower} and ${upper}`, { code: 'NOT_CONVERGED' });
}

interface Points {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly fa: number;
  readonly fb: number;
  readonly fc: number;
}

/** Step from b to the root of the secant, or of the inverse parabola through three points; null where it leads too far. */
function interpolated({ a, b, c, fa, fb, fc }: Points, enough: number, before: number): number | null {
  const s = fb / fa;
  let p = (c - b) * s;
  let q = 1 - s;
  if (a !== c) {
    const [qa, r] = [fa / fc, fb / fc];
    p = s * ((c - b) * qa * (qa - r) - (b - a) * (r - 1));
    q = (qa - 1) * (r - 1) * (s - 1);
  }
  if (p > 0) q = -q;
  p = Math.abs(p);
  const far = Math.min(1.5 * (c - b) * q - Math.abs(enough * q), Math.abs(before * q));
  return 2 * p < far ? p / q : null;
}
