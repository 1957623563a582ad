import { isQuoted, orderByStrike, requireExpiryRows, type ExpiryRows } from './expiry-rows.js';

/** What a smile of one expiry is fitted to: one volatility a strike, ascending strikes; all known at the close of the session. */
export interface SmileQuotes {
  readonly years: number;
  readonly forward: number;
  readonly discount: number;
  /** Ascending, distinct, [quote]. */
  readonly strike: Float64Array;
  /** Annualised, [quote]; NaN where unusable. */
  readonly volatility: Float64Array;
  /** 1 where the out-of-the-money contract is a call: strikes at or above the forward. */
  readonly isCall: Uint8Array;
  /** How much a quote counts, by the inverse square of the error of its volatility; about 1 for a good one, [quote]. */
  readonly weight: Float64Array;
}

export interface SmileQuotesOptions {
  readonly years: number;
  readonly forward: number;
  readonly discount: number;
}

/** Error of a volatility that is there even without a spread. */
const LEAST_ERROR = 0.005;

/** Trades of a session that make a last price half as good as one of many trades: the fewer, the older it is at the close. */
const HALF_GOOD_VOLUME = 10;

/** Weight, at the money, of a contract with neither a quote nor a trade of the session. */
const UNTRADED = 0.02;

/** Standard deviations from the money beyond which a price holds hardly more than its tick: by a row's own volatility, and by that at the money. */
const FURTHEST = { own: 2.5, atMoney: 8 } as const;

/** Standard deviations from the money at which a contract in the money no longer counts. */
const BLEND = 0.5;

/**
 * The quotes of one expiry's smile: of each strike the contract out of the money; near the money that in the money as well, with a share
 * that falls from all at the forward to nothing half a standard deviation away, so that an error of the forward makes no step.
 *
 * Weights: where quoted, 1 / (1 + (h / 0.005)²), h half the spread in volatility, spread / (2 vega). Where not, vega relative to its
 * largest × v / (v + 10), v the contracts traded, and 0.02 in place of the last where none was. Rows further from the money than 2.5
 * standard deviations by their own volatility, or 8 by that at the money, are left out, as are those without a volatility. A contract that is there twice counts twice.
 */
export function smileQuotes(rows: ExpiryRows, { years, forward, discount }: SmileQuotesOptions): SmileQuotes {
  requireExpiryRows(rows);
  const usable = years > 0 && years < Infinity && forward > 0 && forward < Infinity;
  const order = usable ? orderByStrike(rows) : new Int32Array(0);
  const deviation = usable ? deviationAtMoney(rows, order, { years, forward }) : Number.NaN;
  const strike = new Float64Array(order.length);
  const volatility = new Float64Array(order.length);
  const weight = new Float64Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; ) {
    const here = rows.strike[order[at]];
    const k = Math.log(here / forward);
    const isNear = Math.abs(k) <= FURTHEST.atMoney * deviation;
    let sum = 0;
    let total = 0;
    for (; at < order.length && rows.strike[order[at]] === here; at++) {
      const i = order[at];
      const own = sideShare(rows.isCall[i] === 1, k, deviation) * rowWeight(rows, i, { k, years, scale: discount * forward });
      if (!(own > 0) || !isNear) continue;
      sum += own * rows.volatility[i];
      total += own;
    }
    if (!(total > 0)) continue;
    strike[count] = here;
    volatility[count] = sum / total;
    weight[count++] = total;
  }
  const kept = strike.subarray(0, count);
  return { years, forward, discount, strike: kept, volatility: volatility.subarray(0, count), isCall: Uint8Array.from(kept, (value) => (value >= forward ? 1 : 0)), weight: weight.subarray(0, count) };
}

/** Share by which a contract counts for its side of the money: 1 out of the money, less and less in the money. */
function sideShare(isCall: boolean, k: number, deviation: number): number {
  if (k === 0 || isCall === k > 0) return 1;
  return Math.max(0, 1 - Math.abs(k) / (BLEND * deviation));
}

/** Standard deviation of the log price to expiry, by the volatility nearest the money; NaN without one. */
function deviationAtMoney(rows: ExpiryRows, order: Int32Array, { years, forward }: { readonly years: number; readonly forward: number }): number {
  let least = Infinity;
  let found = Number.NaN;
  for (const i of order) {
    const off = Math.abs(rows.strike[i] - forward);
    if (off >= least || !isVolatility(rows.volatility[i])) continue;
    least = off;
    found = rows.volatility[i];
  }
  return found * Math.sqrt(years);
}

function isVolatility(value: number): boolean {
  return value > 0 && value < Infinity;
}

/** @see smileQuotes; 0 for a row that does not count; `scale` is discount × forward */
function rowWeight(rows: ExpiryRows, i: number, { k, years, scale }: { readonly k: number; readonly years: number; readonly scale: number }): number {
  const volatility = rows.volatility[i];
  if (!isVolatility(volatility)) return 0;
  const deviation = volatility * Math.sqrt(years);
  const d1 = -k / deviation + deviation / 2;
  if (!(Math.abs(k) <= FURTHEST.own * deviation)) return 0;
  const relativeVega = Math.exp(-0.5 * d1 * d1);
  if (isQuoted(rows, i)) {
    const vega = scale * Math.sqrt(years / (2 * Math.PI)) * relativeVega;
    return 1 / (1 + ((rows.ask[i] - rows.bid[i]) / (2 * vega * LEAST_ERROR)) ** 2);
  }
  const volume = rows.volume[i];
  return relativeVega * (volume > 0 ? volume / (volume + HALF_GOOD_VOLUME) : UNTRADED);
}
