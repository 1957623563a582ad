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
  const live = expirySlices(rows.expiry).filter(({ expiry }) => expiry > rows.session).map((slice) => {
    const days = slice.expiry - rows.session;
    const years = days / DAYS_PER_YEAR;
    return { ...slice, days, years, forward: estimateForward(rowsOfExpiry(rows, slice.start, slice.end), { years, spot: rows.spot, curve, dividendYield }) };
  });
  const steadyYield = steadyYieldOf(rows.spot, live, { curve, dividendYield });
  const carried = live.map((one) => (one.forward.source === 'spot' ? { ...one, forward: { ...one.forward, forward: rows.spot * Math.exp((curve.rate(one.years) - steadyYield) * one.years) } } : one));
  return { steadyYield, expiries: carried.map((one) => withSmile(rows, volatility, one)) };
}

/** Expiries whose forwards are looked at for the yield of those that tell none. */
const LOOKED_AT = 8;
/** Time from which on a forward tells the yield: over a few days a cent of the price is percents a year. */
export const LONG_ENOUGH = 20 / DAYS_PER_YEAR;

/** Dividend yield at which forwards and spot agree, median over the expiries that tell one; the given one where none does. */
function steadyYieldOf(spot: number, live: readonly Omit<ValuedExpiry, 'smile'>[], { curve, dividendYield }: { readonly curve: RateCurve; readonly dividendYield: number }): number {
  const told = live.filter(({ years, forward: { source } }) => years >= LONG_ENOUGH && (source === 'parity' || source === 'parity-with-curve')).slice(0, LOOKED_AT);
  return told.length === 0 ? dividendYield : median(told.map(({ years, forward: { forward } }) => curve.rate(years) - Math.log(forward / spot) / years));
}

function withSmile(rows: CleanRows, volatility: Float64Array, expiry: Omit<ValuedExpiry, 'smile'>): ValuedExpiry {
  const { start, end, years, forward } = expiry;
  const own = rowsOfExpiry({ ...rows, volatility }, start, end);
  if (!rows.hasOwnVolatility) volatilitiesOfPrices(own, { years, spot: rows.spot, ...forward });
  return { ...expiry, smile: fitSmile(smileQuotes(own, { years, forward: forward.forward, discount: forward.discount })) };
}
