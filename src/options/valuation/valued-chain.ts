import type { CleanRows } from '../chain/clean-rows.js';
import { buildSurface, type VolatilitySurface } from '../surface/surface.js';
import type { RateCurve } from '../surface/rate-curve.js';
import { LONG_ENOUGH, valueExpiries, type ValuedExpiry } from './expiries.js';

/** Where the volatilities of contracts come from, counted; `none`: alive, but no price, smile or surface tells. */
export interface VolatilityCounts {
  readonly contract: number;
  readonly surface: number;
  readonly none: number;
}

/** A cleaned chain with forwards, smiles and a volatility for each contract; known at the decision time of its session. */
export interface ValuedChain {
  readonly rows: CleanRows;
  readonly curve: RateCurve;
  /** Those after the session, ascending. */
  readonly expiries: readonly ValuedExpiry[];
  readonly surface: VolatilitySurface;
  /** Of each contract: its own, or that of the surface where its own is not usable; NaN where neither tells, [contract]. */
  readonly volatility: Float64Array;
  readonly volatilityFrom: VolatilityCounts;
  /** Continuous dividend yield of three weeks and more, median over the expiries; a fee to borrow counts as one. */
  readonly steadyYield: number;
  /** Continuous dividend yield at which spot and forward agree, the steady one below three weeks, where a cent of the price is percents a year, [contract]. */
  readonly dividendYield: Float64Array;
  /** Continuous rate to each contract's expiry, [contract]. */
  readonly rate: Float64Array;
}

export interface ValuationOptions {
  readonly curve: RateCurve;
  /** Where put-call parity does not tell the forward. */
  readonly dividendYield?: number;
}

/** Reads forwards, smiles and volatilities off a cleaned chain; what it does not tell is NaN and counted. */
export function valueChain(rows: CleanRows, { curve, dividendYield = 0 }: ValuationOptions): ValuedChain {
  const volatility = rows.hasOwnVolatility ? rows.volatility.slice() : new Float64Array(rows.count).fill(Number.NaN);
  const { expiries, steadyYield } = valueExpiries(rows, volatility, { curve, dividendYield });
  const surface = buildSurface(expiries.map(({ smile }) => smile));
  const carry = carryOf(rows, expiries, { curve, steadyYield });
  const volatilityFrom = fillFromSurface(rows, volatility, { surface, ...carry });
  return { rows, curve, expiries, surface, volatility, volatilityFrom, steadyYield, ...carry };
}

/** Rate and yield of each contract. */
function carryOf({ count, expiry, years, spot }: CleanRows, expiries: readonly ValuedExpiry[], { curve, steadyYield }: { readonly curve: RateCurve; readonly steadyYield: number }): { rate: Float64Array; dividendYield: Float64Array } {
  const rate = new Float64Array(count);
  const dividendYield = new Float64Array(count).fill(steadyYield);
  for (let i = 0; i < count; i++) rate[i] = i > 0 && expiry[i] === expiry[i - 1] ? rate[i - 1] : curve.rate(years[i]);
  for (const { start, end, years: time, forward: { forward } } of expiries) {
    const told = curve.rate(time) - Math.log(forward / spot) / time;
    if (time >= LONG_ENOUGH && Number.isFinite(told)) dividendYield.fill(told, start, end);
  }
  return { rate, dividendYield };
}

/** Gives contracts without a usable volatility that of the surface at their strike and time, within its expiries. */
function fillFromSurface({ count, years, strike, spot }: CleanRows, volatility: Float64Array, { surface, rate, dividendYield }: { readonly surface: VolatilitySurface; readonly rate: Float64Array; readonly dividendYield: Float64Array }): VolatilityCounts {
  const counts = { contract: 0, surface: 0, none: 0 };
  let [at, slice] = [Number.NaN, surface.sliceAt(Number.NaN)];
  let logForward = 0;
  for (let i = 0; i < count; i++) {
    if (years[i] === 0) continue;
    if (volatility[i] > 0) {
      counts.contract++;
      continue;
    }
    if (years[i] !== at) {
      at = years[i];
      slice = surface.sliceAt(at);
      logForward = Math.log(spot) + (rate[i] - dividendYield[i]) * at;
    }
    const k = Math.log(strike[i]) - logForward;
    // beyond the quotes the volatility at their end holds: wings run away
    const variance = slice === null ? Number.NaN : slice.totalVariance(Math.min(Math.max(k, slice.lowest), slice.highest));
    volatility[i] = variance > 0 ? Math.sqrt(variance / at) : Number.NaN;
    if (variance > 0) counts.surface++;
    else counts.none++;
  }
  return counts;
}
