import type { IsoDate } from '../core/dates.js';
import { addCents, toCents } from './cents.js';
import { positionOf, withPosition, type Book, type Fill } from './book.js';

/** Closes positions whose instrument no longer trades, at a given last price and without costs; a data end, read nothing into it. */
export function closeDelisted(book: Book, gone: readonly { readonly symbol: string; readonly price: number }[], session: IsoDate): { book: Book; fills: Fill[] } {
  const fills: Fill[] = [];
  let next = book;
  for (const { symbol, price } of gone) {
    const { shares, cost: basis } = positionOf(next, symbol)!;
    const gross = toCents(shares * price, `the last value of ${symbol}`);
    next = { ...withPosition(next, symbol, null), cash: addCents(next.cash, gross) };
    fills.push({ symbol, side: 'sell', shares, price, reference: price, session, reason: 'delisted', gross, commission: toCents(0), concession: toCents(0), costs: 0, basis });
  }
  return { book: next, fills };
}
