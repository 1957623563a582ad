import type { CleanRows } from '../chain/clean-rows.js';
import { buildSurface, type VolatilitySurface } from '../surface/surface.js';
import type { RateCurve } from '../surface/rate-curve.js';
import { CONSTANT_MATURITIES } from '../surface/constant-maturity.js';
import { valueExpiries, type ValuedExpiry, type WantedExpiries } from './expiries.js';

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
  /** Expiries that were looked at, ascending. */
  readonly expiries: readonly ValuedExpiry[];
  readonly surface: VolatilitySurface;
  /** Of each contract: its own, or that of the surface where its own is not usable; NaN where neither tells, [contract]. */
  readonly volatility: Float64Array;
  readonly volatilityFrom: VolatilityCounts;
  /** Continuous dividend yield at which spot and forward agree, by the nearest expiry with a forward, [contract]. */
  readonly dividendYield: Float64Array;
  /** Continuous rate to each contract's expiry, [contract]. */
  readonly rate: Float64Array;
}

export interface ValuationOptions {
  readonly curve: RateCurve;
  /**
   * Constant maturities in days that need their neighbours, or all expiries. When absent all where volatilities must be had of prices, which only expiries that are
   * looked at get; else those that the maturities need.
   */
  readonly wanted?: WantedExpiries;
  /** Where put-call parity does not tell the forward. */
  readonly dividendYield?: number;
}

/** Reads forwards, smiles and volatilities off a cleaned chain; what it does not tell is NaN and counted. */
export function valueChain(rows: CleanRows, { curve, wanted = rows.hasOwnVolatility ? CONSTANT_MATURITIES : 'all', dividendYield = 0 }: ValuationOptions): ValuedChain {
  const volatility = rows.hasOwnVolatility ? rows.volatility.slice() : new Float64Array(rows.count).fill(Number.NaN);
  const expiries = valueExpiries(rows, volatility, { curve, wanted, dividendYield });
  const surface = buildSurface(expiries.map(({ smile }) => smile));
  const carry = carryOf(rows, expiries, curve);
  const volatilityFrom = fillFromSurface(rows, volatility, { surface, ...carry });
  return { rows, curve, expiries, surface, volatility, volatilityFrom, ...carry };
}

/** Rates and yields of each contract; the yield of the expiry looked at that is nearest. */
function carryOf({ count, years, spot }: CleanRows, expiries: readonly ValuedExpiry[], curve: RateCurve): { rate: Float64Array; dividendYield: Float64Array } {
  const rate = new Float64Array(count);
  const dividendYield = new Float64Array(count);
  const told = expiries.flatMap(({ years: time, forward: { forward } }) => (forward > 0 && spot > 0 ? [{ time, value: curve.rate(time) - Math.log(forward / spot) / time }] : []));
  let [at, ownRate, ownYield] = [Number.NaN, 0, 0];
  for (let i = 0; i < count; i++) {
    if (years[i] !== at) {
      at = years[i];
      ownRate = curve.rate(at);
      ownYield = told.reduce((best, one) => (Math.abs(one.time - at) < Math.abs(best.time - at) ? one : best), told[0] ?? { time: 0, value: 0 }).value;
    }
    rate[i] = ownRate;
    dividendYield[i] = ownYield;
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
