import { fitSmile } from '../surface/fit-smile.js';
import { estimateForward, type ForwardEstimate } from '../surface/forward.js';
import { median } from '../surface/median.js';
import { rowsOfExpiry } from '../surface/expiry-rows.js';
import type { RateCurve } from '../surface/rate-curve.js';
import type { NoSmile, Smile } from '../surface/smile.js';
import { smileQuotes } from '../surface/smile-quotes.js';
import { expirySlices, type CleanRows, type ExpirySlice } from '../chain/clean-rows.js';
import { DAYS_PER_YEAR } from '../chain/option-chain.js';
import { volatilitiesOfPrices } from './volatilities-of-prices.js';

/** One expiry of a chain with what its prices tell. */
export interface ValuedExpiry extends ExpirySlice {
  readonly days: number;
  readonly years: number;
  readonly forward: ForwardEstimate;
  readonly smile: Smile | NoSmile;
}

/** All live expiries of a chain, ascending, and the dividend yield that holds for those that tell none. */
export interface ValuedExpiries {
  readonly expiries: readonly ValuedExpiry[];
  /** Continuous, by the forwards of three weeks and more; the given one where none tells. */
  readonly steadyYield: number;
}

/**
 * Forward and smile of each expiry after the session.
 *
 * All of them, whatever is asked for: what is summed up, shown and told of a chain must not depend on who asks.
 * @param volatility of each row; filled from prices where the source gives none
 */
export function valueExpiries(rows: CleanRows, volatility: Float64Array, { curve, dividendYield }: { readonly curve: RateCurve; readonly dividendYield: number }): ValuedExpiries {
  const live = expirySlices(rows.expiry).filter(({ expiry }) => expiry > rows.session);
  const steadyYield = steadyYieldOf(rows, live, { curve, dividendYield });
  return { steadyYield, expiries: live.map((slice) => valueExpiry(rows, volatility, slice, { curve, dividendYield: steadyYield })) };
}

/** Expiries whose forwards are looked at for the yield of those that tell none. */
const LOOKED_AT = 8;
/** Time from which on a forward tells the yield: over a few days a cent of the price is percents a year. */
export const LONG_ENOUGH = 20 / DAYS_PER_YEAR;

/** Dividend yield at which forwards and spot agree, median over the expiries that tell one; the given one where none does. */
function steadyYieldOf(rows: CleanRows, live: readonly ExpirySlice[], { curve, dividendYield }: { readonly curve: RateCurve; readonly dividendYield: number }): number {
  const told: number[] = [];
  for (const { expiry, start, end } of live) {
    const years = (expiry - rows.session) / DAYS_PER_YEAR;
    if (years < LONG_ENOUGH || told.length === LOOKED_AT) continue;
    const { source, forward } = estimateForward(rowsOfExpiry(rows, start, end), { years, spot: rows.spot, curve });
    if (source === 'parity' || source === 'parity-with-curve') told.push(curve.rate(years) - Math.log(forward / rows.spot) / years);
  }
  return told.length === 0 ? dividendYield : median(Float64Array.from(told));
}

function valueExpiry(rows: CleanRows, volatility: Float64Array, slice: ExpirySlice, { curve, dividendYield }: { readonly curve: RateCurve; readonly dividendYield: number }): ValuedExpiry {
  const { start, end, expiry } = slice;
  const own = rowsOfExpiry({ ...rows, volatility }, start, end);
  const days = expiry - rows.session;
  const years = days / DAYS_PER_YEAR;
  const forward = estimateForward(own, { years, spot: rows.spot, curve, dividendYield });
  if (!rows.hasOwnVolatility) volatilitiesOfPrices(own, { years, spot: rows.spot, ...forward });
  return { ...slice, days, years, forward, smile: fitSmile(smileQuotes(own, { years, forward: forward.forward, discount: forward.discount })) };
}
