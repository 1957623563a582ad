export interface VolatilitySearch {
  /** Time value looked for, above 0. */
  readonly target: number;
  readonly start: number;
  /** |ln(forward / strike)|, from which the slope at the start is guessed. */
  readonly distance: number;
  readonly years: number;
  /** Step at which to end, as a share of the volatility. */
  readonly tolerance: number;
}

const MAX_STEPS = 100;

/** Deviations σ√T between which volatilities are looked for. */
const DEVIATIONS = { least: 1e-7, most: 40 } as const;

/** Longest step, in logarithms, while the root has not been passed. */
const LONGEST = 1.5;

/**
 * Volatility at which a time value, growing in it from 0, is `target`: secants of its logarithm in the logarithm of the volatility,
 * nearly a straight line near the money, kept within the bracket found so far.
 *
 * @returns `null` where no volatility gives it
 */
export function volatilityWhere(timeValue: (volatility: number) => number, { target, start, distance, years, tolerance }: VolatilitySearch): number | null {
  const root = Math.sqrt(years);
  const [least, most] = [Math.log(DEVIATIONS.least / root), Math.log(DEVIATIONS.most / root)];
  let [low, high] = [-Infinity, Infinity];
  let x = Math.min(most, Math.max(least, Math.log(start)));
  let slope = 1 + (distance / (Math.exp(x) * root)) ** 2;
  let [before, gapBefore] = [Number.NaN, Number.NaN];
  for (let step = 0; step < MAX_STEPS; step++) {
    const gap = Math.log(Math.max(0, timeValue(Math.exp(x))) / target);
    if (Number.isNaN(gap)) return null;
    if (gap === 0) return Math.exp(x);
    if (gap > 0) high = x;
    else low = x;
    if (low >= most || high <= least) return null;
    const secant = (gap - gapBefore) / (x - before);
    if (secant > 0 && secant < Infinity) slope = secant;
    const next = Math.min(most, Math.max(least, proposal({ x, move: -gap / slope, low, high })));
    if (Math.abs(next - x) <= tolerance) return Math.exp(next);
    if (high - low <= tolerance) return Math.exp((low + high) / 2);
    [before, gapBefore, x] = [x, gap, next];
  }
  return Math.exp(x);
}

/** The secant's step where it stays inside of the bracket; else halfway, or as far as is allowed without one. */
function proposal({ x, move, low, high }: { readonly x: number; readonly move: number; readonly low: number; readonly high: number }): number {
  const next = x + Math.max(-LONGEST, Math.min(LONGEST, move));
  return next > low && next < high ? next : (low + high) / 2;
}
