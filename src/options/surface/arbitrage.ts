import { ascendingOrder } from '../../math/ascending-order.js';
import { orderByStrike, type ExpiryRows } from './expiry-rows.js';

/** Prices of one right and one expiry. */
export interface StrikePrices {
  /** [strike], in any order; a strike that is there twice counts once. */
  readonly strike: Float64Array;
  /** [strike]; NaN where there is none. */
  readonly price: Float64Array;
  readonly isCall: boolean;
}

export interface ArbitrageOptions {
  readonly forward: number;
  readonly discount: number;
  /** What a price may be off before it counts, in units of price; 0 unless given. */
  readonly tolerance?: number;
}

/** Breaches of what holds for European prices of one expiry whatever the model, counted. */
export interface ArbitrageCount {
  /** Prices that were looked at. */
  readonly prices: number;
  /** Below what exercise at expiry is worth by the forward, or above what the option can ever be worth. */
  readonly bounds: number;
  /** Neighbouring strikes whose prices go the wrong way, or change by more than the discounted distance of the strikes. */
  readonly monotone: number;
  /** Three neighbouring strikes whose middle price lies above the line between the others: a butterfly for less than nothing. */
  readonly convex: number;
}

/**
 * Counts the breaches of no-arbitrage among the prices of one right: D max(0, ±(F − K)) ≤ price ≤ D F (call) or D K (put),
 * slopes over strike within [−D, 0] (call) or [0, D] (put), convex in strike.
 *
 * American prices may break the bounds and slopes of deep contracts honestly.
 * @see Carr and Madan (2005), A note on sufficient conditions for no arbitrage
 */
export function countPriceArbitrage(prices: StrikePrices, { forward, discount, tolerance = 0 }: ArbitrageOptions): ArbitrageCount {
  const { strike, price, isCall } = sortedPrices(prices);
  let [bounds, monotone, convex] = [0, 0, 0];
  const [least, most] = isCall ? [-discount, 0] : [0, discount];
  for (let i = 0; i < strike.length; i++) {
    const floor = discount * Math.max(0, isCall ? forward - strike[i] : strike[i] - forward);
    const ceiling = discount * (isCall ? forward : strike[i]);
    if (!(price[i] >= floor - tolerance && price[i] <= ceiling + tolerance)) bounds++;
    if (i === 0) continue;
    const step = strike[i] - strike[i - 1];
    const change = price[i] - price[i - 1];
    if (!(change >= least * step - tolerance && change <= most * step + tolerance)) monotone++;
    if (i === 1) continue;
    const share = step / (strike[i] - strike[i - 2]);
    if (!(price[i - 1] <= share * price[i - 2] + (1 - share) * price[i] + tolerance)) convex++;
  }
  return { prices: strike.length, bounds, monotone, convex };
}

/** Breaches among the calls and among the puts of one expiry, together. */
export function countChainArbitrage(rows: ExpiryRows, options: ArbitrageOptions): ArbitrageCount {
  const order = orderByStrike(rows);
  const of = (isCall: boolean): ArbitrageCount => {
    const own = order.filter((i) => (rows.isCall[i] === 1) === isCall);
    return countPriceArbitrage({ strike: Float64Array.from(own, (i) => rows.strike[i]), price: Float64Array.from(own, (i) => rows.price[i]), isCall }, options);
  };
  const [calls, puts] = [of(true), of(false)];
  return { prices: calls.prices + puts.prices, bounds: calls.bounds + puts.bounds, monotone: calls.monotone + puts.monotone, convex: calls.convex + puts.convex };
}

/** Prices at distinct strikes above 0, ascending; without those that are missing. */
function sortedPrices({ strike, price, isCall }: StrikePrices): StrikePrices {
  const order = ascendingOrder(strike);
  const [strikes, prices] = [new Float64Array(order.length), new Float64Array(order.length)];
  let count = 0;
  for (const i of order) {
    if (!Number.isFinite(price[i]) || !(strike[i] > 0 && strike[i] < Infinity) || (count > 0 && strike[i] === strikes[count - 1])) continue;
    strikes[count] = strike[i];
    prices[count++] = price[i];
  }
  return { strike: strikes.subarray(0, count), price: prices.subarray(0, count), isCall };
}
