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

/** Which expiries get a smile: all, or those that constant maturities, the nearest event and the end of the term structure need. */
export type WantedExpiries = 'all' | readonly number[];

/** Days before which prices are of hours, not of volatility. */
const FEWEST_DAYS = 2;
/** Expiries tried on one side of a maturity before nothing is found there. */
const TRIES = 3;

/**
 * Forward and smile of the expiries that are wanted, ascending; each is looked at once.
 *
 * @param wanted constant maturities in days
 * @param volatility of each row; filled from prices where the source gives none
 */
export function valueExpiries(rows: CleanRows, volatility: Float64Array, { curve, wanted, dividendYield }: { readonly curve: RateCurve; readonly wanted: WantedExpiries; readonly dividendYield: number }): ValuedExpiry[] {
  const live = expirySlices(rows.expiry).filter(({ expiry }) => expiry > rows.session);
  const known = new Map<number, ValuedExpiry>();
  const carry = carryOf(rows, live, { curve, dividendYield });
  const value = (at: number): ValuedExpiry => {
    const found = known.get(at);
    if (found) return found;
    const valued = valueExpiry(rows, volatility, live[at], { curve, dividendYield: carry });
    known.set(at, valued);
    return valued;
  };
  if (wanted === 'all') live.forEach((_, at) => value(at));
  else {
    const days = live.map(({ expiry }) => expiry - rows.session);
    const first = days.findIndex((count) => count >= FEWEST_DAYS);
    if (first >= 0) walk(value, { from: first, step: 1, end: live.length });
    walk(value, { from: live.length - 1, step: -1, end: first });
    for (const maturity of wanted) {
      const next = days.findIndex((count) => count >= maturity);
      if (next >= 0) walk(value, { from: next, step: 1, end: live.length });
      walk(value, { from: (next < 0 ? live.length : next) - 1, step: -1, end: Math.max(-1, first - 1) });
    }
  }
  return [...known.entries()].sort(([a], [b]) => a - b).map(([, valued]) => valued);
}

/** Values expiries one after the other until one has a smile. */
function walk(value: (at: number) => ValuedExpiry, { from, step, end }: { readonly from: number; readonly step: 1 | -1; readonly end: number }): void {
  for (let tries = 0, at = from; tries < TRIES && at >= 0 && (step === 1 ? at < end : at > end); tries++, at += step) {
    if (value(at).smile.kind !== 'none') return;
  }
}

/** Expiries whose forwards are looked at for the yield of those that tell none. */
const LOOKED_AT = 8;
/** Time from which on a forward tells the yield: over a few days a cent of the price is percents a year. */
const LONG_ENOUGH = 20 / DAYS_PER_YEAR;

/** Dividend yield at which forwards and spot agree, median over the expiries that tell one; the given one where none does. */
function carryOf(rows: CleanRows, live: readonly ExpirySlice[], { curve, dividendYield }: { readonly curve: RateCurve; readonly dividendYield: number }): number {
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
