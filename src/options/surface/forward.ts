import { median } from './median.js';
import type { ExpiryRows } from './expiry-rows.js';
import { parityPairs } from './parity-pairs.js';
import { slopeOfParity } from './parity-slope.js';
import type { RateCurve } from './rate-curve.js';

/**
 * Where a forward comes from: prices tell forward and discount (`parity`); prices tell the forward, the curve the discount
 * (`parity-with-curve`); spot, curve and dividend yield tell both (`spot`); nothing does (`none`).
 */
export type ForwardSource = 'parity' | 'parity-with-curve' | 'spot' | 'none';

export interface ForwardEstimate {
  /** Price of the underlying for delivery at expiry, quote currency; NaN where nothing tells. */
  readonly forward: number;
  /** Value now of 1 at expiry. */
  readonly discount: number;
  readonly source: ForwardSource;
  /** Pairs of a call and a put near the money that were used. */
  readonly pairs: number;
}

export interface ForwardOptions {
  readonly years: number;
  /** Price of the underlying at the close; NaN where unknown. */
  readonly spot: number;
  readonly curve: RateCurve;
  /** Continuous, used only where prices tell nothing; 0 unless given. */
  readonly dividendYield?: number;
}

/** Pairs nearest the money that tell the forward: the early exercise that American prices hold is least there. */
const NEAREST = 9;

/** Fewest pairs whose median is believed. */
const FEWEST = 3;

/** Half a spread of a pair, as a share of the price, within which one quoted pair alone is believed. */
const TIGHT = 0.001;

/** Pairs further from the money than this share of it say nothing: early exercise and old trades do. */
const WIDEST = 0.15;

/** How far a forward of prices may lie off spot, at once and for each year: beyond, they are of another time or another contract. */
const OFF_SPOT = { atOnce: 0.03, eachYear: 0.25 } as const;

/**
 * Forward and discount of one expiry by put–call parity, C − P = D (F − K).
 *
 * The forward is the median of K + (C − P) / D over the pairs nearest the money. D is the slope of a robust line only where
 * that tells it to within a half per cent a year and not far off the curve, which takes quotes; otherwise the curve's.
 *
 * Known at the close of the session, as the rows are.
 */
export function estimateForward(rows: ExpiryRows, options: ForwardOptions): ForwardEstimate {
  const { years, spot, curve, dividendYield = 0 } = options;
  const rate = curve.rate(years);
  const known = Math.exp(-rate * years);
  if (!(years > 0 && years < Infinity) || !(known > 0 && known < Infinity)) return { forward: Number.NaN, discount: Number.NaN, source: 'none', pairs: 0 };
  const all = parityPairs(rows);
  const centre = spot > 0 && spot < Infinity ? spot : crossing(all);
  const near = nearest(all, centre);
  const slope = slopeOfParity(near, { years, rate });
  const discount = slope ?? known;
  const values = near.strike.map((strike, i) => strike + near.difference[i] / discount);
  const forward = median(innermost(values, near.strike, centre));
  const isTold = values.length >= FEWEST || near.halfSpread.some((half) => half <= TIGHT * centre);
  const isBelieved = isTold && forward > 0 && Math.abs(Math.log(forward / centre)) <= OFF_SPOT.atOnce + OFF_SPOT.eachYear * years;
  if (isBelieved) return { forward, discount, source: slope === null ? 'parity-with-curve' : 'parity', pairs: near.count };
  if (!(spot > 0 && spot < Infinity)) return { forward: Number.NaN, discount: known, source: 'none', pairs: near.count };
  return { forward: spot * Math.exp((rate - dividendYield) * years), discount: known, source: 'spot', pairs: near.count };
}

type Pairs = ReturnType<typeof parityPairs>;

/** Strike where call and put cost the same, nearly spot; NaN without pairs. */
function crossing({ count, strike, difference }: Pairs): number {
  let best = Number.NaN;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    if (Math.abs(difference[i]) >= least) continue;
    least = Math.abs(difference[i]);
    best = strike[i] + difference[i];
  }
  return best > 0 ? best : Number.NaN;
}

/** The pairs near the money: twice as many as tell the forward, half below and half above where there are. */
function nearest({ count, strike, difference, halfSpread }: Pairs, centre: number): Pairs {
  let middle = 0;
  while (middle < count && strike[middle] < centre) middle++;
  let start = Math.max(0, middle - NEAREST);
  let end = Math.min(count, middle + NEAREST);
  while (start < end && !(centre - strike[start] <= WIDEST * centre)) start++;
  while (end > start && !(strike[end - 1] - centre <= WIDEST * centre)) end--;
  return { count: end - start, strike: strike.subarray(start, end), difference: difference.subarray(start, end), halfSpread: halfSpread.subarray(start, end) };
}

/** The values of the strikes nearest the centre. */
function innermost(values: Float64Array, strike: Float64Array, centre: number): Float64Array {
  let start = 0;
  let end = values.length;
  while (end - start > NEAREST) {
    if (centre - strike[start] > strike[end - 1] - centre) start++;
    else end--;
  }
  return values.subarray(start, end);
}
