import { normalQuantile } from '../../math/normal.js';
import { DAYS_PER_YEAR } from '../chain/option-chain.js';
import { moneynessOfD1 } from './delta-point.js';
import type { SurfaceSlice, VolatilitySurface } from './surface.js';

/** Calendar days to which surfaces are interpolated. */
export const CONSTANT_MATURITIES = [7, 30, 60, 90] as const;

const [D1_CALL_25, D1_CALL_10] = [normalQuantile(0.25), normalQuantile(0.1)];

/** Volatilities of a surface at one time to expiry, annualised fractions; NaN where quotes do not tell. */
export interface ConstantMaturity {
  readonly days: number;
  readonly forward: number;
  /** At the forward. */
  readonly atmVolatility: number;
  /** At the strikes whose forward delta N(d1) is 0.25 or 0.1 for a call, −0.25 or −0.1 for a put. */
  readonly call25: number;
  readonly put25: number;
  readonly call10: number;
  readonly put10: number;
  /** Put − call at 25 delta: above 0 where falls cost more than rises; the risk reversal is its negative. */
  readonly skew25Delta: number;
  readonly skew10Delta: number;
  /** Mean of put and call at 25 delta less the one at the money. */
  readonly butterfly25: number;
  readonly butterfly10: number;
}

/**
 * Points of a surface at a constant time to expiry.
 *
 * NaN where the surface does not reach: before its first expiry (but for three days), after its last, and at strikes further beyond
 * the quotes than a quarter of a standard deviation.
 */
export function constantMaturity(surface: VolatilitySurface, days: number): ConstantMaturity {
  const slice = surface.sliceAt(days / DAYS_PER_YEAR);
  if (slice === null) return pointsOf(days, Number.NaN, Number.NaN, [Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  const at = (d1: number): number => volatilityAt(slice, moneynessOfD1(slice.totalVariance, d1, slice));
  return pointsOf(days, slice.forward, volatilityAt(slice, 0), [at(D1_CALL_25), at(-D1_CALL_25), at(D1_CALL_10), at(-D1_CALL_10)]);
}

// a put of delta −Δ has N(−d1) = Δ
function pointsOf(days: number, forward: number, atmVolatility: number, [call25, put25, call10, put10]: readonly [number, number, number, number]): ConstantMaturity {
  return {
    days, forward, atmVolatility, call25, put25, call10, put10,
    skew25Delta: put25 - call25, skew10Delta: put10 - call10,
    butterfly25: (put25 + call25) / 2 - atmVolatility, butterfly10: (put10 + call10) / 2 - atmVolatility,
  };
}

function volatilityAt(slice: SurfaceSlice, k: number): number {
  return Math.sqrt(slice.totalVariance(k) / slice.years);
}
