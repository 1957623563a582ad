import { InvariantError } from '../../core/errors.js';
import { ascendingOrder } from '../../math/ascending-order.js';

/** Columns of the contracts of one expiry besides the right, each Float64, NaN missing. */
export const EXPIRY_COLUMNS = ['strike', 'price', 'volatility', 'volume', 'openInterest', 'bid', 'ask'] as const;

/** The contracts of one underlying and one expiry that a cleaning let pass, one row a contract; all known at the close of the session. */
export interface ExpiryRows {
  /** Ascending makes everything built on it faster; a call and a put of one strike in either order. */
  readonly strike: Float64Array;
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  /** At the close: the middle of the quote, or the last trade of the session; NaN where neither is usable. */
  readonly price: Float64Array;
  /** Implied, annualised; NaN where there is none. */
  readonly volatility: Float64Array;
  /** Contracts traded in the session. */
  readonly volume: Float64Array;
  /** Contracts open after the session before. */
  readonly openInterest: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
}

/** @throws InvariantError when columns differ in length */
export function requireExpiryRows(rows: ExpiryRows): void {
  const count = rows.strike.length;
  const wrong = (['isCall', ...EXPIRY_COLUMNS] as const).find((name) => rows[name].length !== count);
  if (wrong !== undefined) throw new InvariantError(`expected ${count} contracts in every column of an expiry, found ${rows[wrong].length} in "${wrong}"`);
}

/** The rows from `start` to before `end` of all expiries' columns, as views. */
export function rowsOfExpiry(all: ExpiryRows, start: number, end: number): ExpiryRows {
  return {
    strike: all.strike.subarray(start, end), isCall: all.isCall.subarray(start, end), price: all.price.subarray(start, end), volatility: all.volatility.subarray(start, end),
    volume: all.volume.subarray(start, end), openInterest: all.openInterest.subarray(start, end), bid: all.bid.subarray(start, end), ask: all.ask.subarray(start, end),
  };
}

/** Positions of the rows by ascending strike, a call and a put of one strike in the order of their rows; those without a strike above 0 are left out. */
export function orderByStrike({ strike }: ExpiryRows): Int32Array {
  const order = ascendingOrder(strike);
  let first = 0;
  let end = order.length;
  while (first < end && !(strike[order[first]] > 0)) first++;
  while (end > first && strike[order[end - 1]] === Infinity) end--;
  return order.subarray(first, end);
}

/** Whether a row carries a quote: a bid above 0 and an ask not below it. */
export function isQuoted(rows: ExpiryRows, i: number): boolean {
  return rows.bid[i] > 0 && rows.ask[i] >= rows.bid[i] && rows.ask[i] < Infinity;
}

/** Whether any row carries a quote, or an ask without a bid. */
export function hasQuotes(rows: ExpiryRows): boolean {
  for (let i = 0; i < rows.strike.length; i++) if (rows.ask[i] > 0) return true;
  return false;
}
