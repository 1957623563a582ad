import { isQuoted, orderByStrike, type ExpiryRows } from './expiry-rows.js';

/** Calls and puts of one strike that both have a price, by ascending strike, [pair]. */
export interface ParityPairs {
  readonly count: number;
  readonly strike: Float64Array;
  /** Price of the call less that of the put. */
  readonly difference: Float64Array;
  /** What is said of the difference's error: half spreads where both are quoted, else NaN. */
  readonly halfSpread: Float64Array;
}

/** Pairs of a call and a put of one expiry with a price each; of contracts that are there twice the first counts. */
export function parityPairs(rows: ExpiryRows, order: Int32Array = orderByStrike(rows)): ParityPairs {
  const strike = new Float64Array(order.length >> 1);
  const difference = new Float64Array(order.length >> 1);
  const halfSpread = new Float64Array(order.length >> 1);
  let count = 0;
  for (let at = 0; at < order.length; ) {
    const here = rows.strike[order[at]];
    let call = -1;
    let put = -1;
    for (; at < order.length && rows.strike[order[at]] === here; at++) {
      const i = order[at];
      if (!(rows.price[i] > 0 && rows.price[i] < Infinity)) continue;
      if (rows.isCall[i] === 1) call = call < 0 ? i : call;
      else put = put < 0 ? i : put;
    }
    if (call < 0 || put < 0) continue;
    strike[count] = here;
    difference[count] = rows.price[call] - rows.price[put];
    halfSpread[count++] = isQuoted(rows, call) && isQuoted(rows, put) ? (rows.ask[call] - rows.bid[call] + rows.ask[put] - rows.bid[put]) / 2 : Number.NaN;
  }
  return { count, strike: strike.subarray(0, count), difference: difference.subarray(0, count), halfSpread: halfSpread.subarray(0, count) };
}
