import { DAYS_PER_YEAR } from '../chain/option-chain.js';
import { checkCalendar, type CalendarCheck } from './calendar-arbitrage.js';
import { BEYOND_QUOTES } from './fit-svi.js';
import type { NoSmile, Smile } from './smile.js';

/** Days before the first expiry for which its volatilities are taken to hold. */
const DAYS_BEFORE_FIRST = 3;

/** The smile that a surface has at a time between its expiries. */
export interface SurfaceSlice {
  readonly years: number;
  readonly forward: number;
  readonly discount: number;
  /** Log moneyness within which it is told by quotes, and a quarter of a standard deviation further. */
  readonly lowest: number;
  readonly highest: number;
  /** Volatility² × years at a log moneyness; not cut at the range above. */
  readonly totalVariance: (logMoneyness: number) => number;
}

/** Volatilities of one underlying by strike and time, known at the close of the session. */
export interface VolatilitySurface {
  /** By ascending years, one each. */
  readonly smiles: readonly Smile[];
  /** Expiries that have no smile, and why. */
  readonly refused: readonly NoSmile[];
  readonly calendar: CalendarCheck;
  /** `null` before the first expiry, but for three days, and after the last: nothing is extrapolated. */
  readonly sliceAt: (years: number) => SurfaceSlice | null;
}

/**
 * A volatility surface from the smiles of its expiries, in any order; of several of one time the one of most quotes counts.
 *
 * Between expiries total variance is linear in time at the same log forward moneyness. Within three days before the first expiry its
 * volatilities hold at the same standardised moneyness, k / √years. Calendar arbitrage is counted, not removed.
 */
export function buildSurface(expiries: readonly (Smile | NoSmile)[]): VolatilitySurface {
  const fitted = expiries.filter((one): one is Smile => one.kind !== 'none').sort((a, b) => a.years - b.years || b.points - a.points);
  const smiles = fitted.filter((smile, i) => i === 0 || smile.years > fitted[i - 1].years);
  const refused = expiries.filter((one): one is NoSmile => one.kind === 'none');
  return { smiles, refused, calendar: checkCalendar(smiles), sliceAt: (years) => sliceAt(smiles, years) };
}

function sliceAt(smiles: readonly Smile[], years: number): SurfaceSlice | null {
  const next = smiles.findIndex((smile) => smile.years >= years);
  if (next < 0 || !(years > 0)) return null;
  if (smiles[next].years === years) return extended(sliceOf(smiles[next]));
  if (next === 0) return (smiles[0].years - years) * DAYS_PER_YEAR <= DAYS_BEFORE_FIRST + 1e-9 ? extended(before(smiles[0], years)) : null;
  return extended(between(smiles[next - 1], smiles[next], years));
}

function sliceOf({ years, forward, discount, lowest, highest, totalVariance }: Smile): SurfaceSlice {
  return { years, forward, discount, lowest, highest, totalVariance };
}

function before(first: Smile, years: number): SurfaceSlice {
  const share = years / first.years;
  const root = Math.sqrt(share);
  return {
    years, forward: first.forward, discount: Math.pow(first.discount, share), lowest: first.lowest * root, highest: first.highest * root,
    totalVariance: (k) => share * first.totalVariance(k / root),
  };
}

function between(near: Smile, next: Smile, years: number): SurfaceSlice {
  const share = (years - near.years) / (next.years - near.years);
  // the width of what is quoted grows with the root of time
  const root = (Math.sqrt(years) - Math.sqrt(near.years)) / (Math.sqrt(next.years) - Math.sqrt(near.years));
  return {
    years,
    forward: Math.pow(near.forward, 1 - share) * Math.pow(next.forward, share),
    discount: Math.pow(near.discount, 1 - share) * Math.pow(next.discount, share),
    lowest: (1 - root) * near.lowest + root * next.lowest,
    highest: (1 - root) * near.highest + root * next.highest,
    totalVariance: (k) => (1 - share) * near.totalVariance(k) + share * next.totalVariance(k),
  };
}

function extended(slice: SurfaceSlice): SurfaceSlice {
  const further = BEYOND_QUOTES * Math.sqrt(slice.totalVariance(0));
  return { ...slice, lowest: slice.lowest - further, highest: slice.highest + further };
}
