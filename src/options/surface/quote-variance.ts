import { hasQuotes, isQuoted, orderByStrike, requireExpiryRows, type ExpiryRows } from './expiry-rows.js';
import { parityPairs } from './parity-pairs.js';

/** Model-free variance of the quotes of one expiry, and what it was had from; NaN where it cannot be. */
export interface QuoteVariance {
  /** Annualised. */
  readonly variance: number;
  /** By the strike of the least difference of call and put. */
  readonly forward: number;
  /** The strike at or next below the forward, where call and put are averaged. */
  readonly middleStrike: number;
  /** Strikes in the sum. */
  readonly strikes: number;
  readonly reason: 'no-time' | 'no-pair' | 'too-few-strikes' | null;
}

export interface QuoteVarianceOptions {
  readonly years: number;
  /** Value now of 1 at expiry. */
  readonly discount: number;
}

/** Fewest strikes on either side of the middle one. */
const FEWEST_EACH_SIDE = 2;

/** Prices by strike with what tells where the walk ends, [strike]. */
interface Ladder {
  readonly count: number;
  readonly strike: Float64Array;
  readonly call: Float64Array;
  readonly put: Float64Array;
}

/**
 * Model-free variance of one expiry as the Cboe calculates it: (2/T) Σ ΔK/K² Q(K)/D − (1/T) (F/K₀ − 1)², out-of-the-money options walking
 * away from K₀ until two strikes in a row have no bid.
 *
 * Deviation: where a source has no quotes, prices are last trades of the session; strikes without one are passed over and end nothing, so
 * that gaps widen ΔK.
 *
 * @see Cboe, Volatility Index methodology: Cboe Volatility Index (2019), steps 1 and 2
 */
export function quoteVariance(rows: ExpiryRows, { years, discount }: QuoteVarianceOptions): QuoteVariance {
  requireExpiryRows(rows);
  const nothing = { variance: Number.NaN, forward: Number.NaN, middleStrike: Number.NaN, strikes: 0 };
  if (!(years > 0 && years < Infinity && discount > 0 && discount < Infinity)) return { ...nothing, reason: 'no-time' };
  const order = orderByStrike(rows);
  const forward = forwardOfLeastDifference(rows, order, discount);
  if (!(forward > 0)) return { ...nothing, reason: 'no-pair' };
  const ladder = ladderOf(rows, order);
  let middle = -1;
  for (let i = 0; i < ladder.count && ladder.strike[i] <= forward; i++) if (ladder.call[i] > 0 && ladder.put[i] > 0) middle = i;
  if (middle < 0) return { ...nothing, forward, reason: 'no-pair' };
  const ends = hasQuotes(rows);
  const taken = [...walk(ladder, middle, -1, ends).reverse(), middle, ...walk(ladder, middle, 1, ends)];
  const middleStrike = ladder.strike[middle];
  const below = taken.indexOf(middle);
  if (below < FEWEST_EACH_SIDE || taken.length - 1 - below < FEWEST_EACH_SIDE) return { ...nothing, forward, middleStrike, strikes: taken.length, reason: 'too-few-strikes' };
  const sum = strip(ladder, taken, below);
  const variance = (2 * sum) / (discount * years) - (forward / middleStrike - 1) ** 2 / years;
  return { variance, forward, middleStrike, strikes: taken.length, reason: null };
}

function forwardOfLeastDifference(rows: ExpiryRows, order: Int32Array, discount: number): number {
  const { count, strike, difference } = parityPairs(rows, order);
  let best = -1;
  for (let i = 0; i < count; i++) if (best < 0 || Math.abs(difference[i]) < Math.abs(difference[best])) best = i;
  return best < 0 ? Number.NaN : strike[best] + difference[best] / discount;
}

/** One row a strike; 0 where there is no price, or no bid where the source has quotes. */
function ladderOf(rows: ExpiryRows, order: Int32Array): Ladder {
  const ladder = { strike: new Float64Array(order.length), call: new Float64Array(order.length), put: new Float64Array(order.length) };
  const quoted = hasQuotes(rows);
  let count = 0;
  for (const i of order) {
    if (count === 0 || ladder.strike[count - 1] !== rows.strike[i]) ladder.strike[count++] = rows.strike[i];
    const side = rows.isCall[i] === 1 ? ladder.call : ladder.put;
    const isUsable = rows.price[i] > 0 && rows.price[i] < Infinity && (!quoted || isQuoted(rows, i));
    if (isUsable && side[count - 1] === 0) side[count - 1] = rows.price[i];
  }
  return { ...ladder, count };
}

/** Positions of the strikes with a price, away from the middle, until two in a row have none where that ends the walk. */
function walk({ count, call, put }: Ladder, middle: number, step: 1 | -1, ends: boolean): number[] {
  const side = step > 0 ? call : put;
  const taken: number[] = [];
  let without = 0;
  for (let i = middle + step; i >= 0 && i < count; i += step) {
    if (side[i] > 0) {
      taken.push(i);
      without = 0;
    } else if (++without === 2 && ends) break;
  }
  return taken;
}

/** Σ ΔK/K² Q(K): half the distance of the neighbours, at the ends the distance of the one there is. */
function strip({ strike, call, put }: Ladder, taken: readonly number[], middle: number): number {
  let sum = 0;
  for (let j = 0; j < taken.length; j++) {
    const [low, high] = [Math.max(0, j - 1), Math.min(taken.length - 1, j + 1)];
    const width = (strike[taken[high]] - strike[taken[low]]) / (high - low);
    const i = taken[j];
    const price = j < middle ? put[i] : j > middle ? call[i] : (put[i] + call[i]) / 2;
    sum += (width * price) / (strike[i] * strike[i]);
  }
  return sum;
}
