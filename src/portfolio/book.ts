import type { IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { addCents, fromCents, negateCents, toCents, type Cents } from './cents.js';
import type { CostsConfig } from './config.js';
import { commission, fillPrice, type Side } from './costs.js';

/** Levels and length of a trade, fixed when it was decided. */
export interface TradePlan {
  /** Quote currency; reached when a close is at or below it. */
  readonly stop: number;
  /** Quote currency; reached when a close is at or above it. */
  readonly target: number;
  /** Sessions from the entry. */
  readonly horizon: number;
}

export interface Position extends TradePlan {
  readonly symbol: string;
  readonly shares: number;
  readonly entrySession: IsoDate;
  /** Price paid, quote currency. */
  readonly entryPrice: number;
  /** Everything paid for it, costs included. */
  readonly cost: Cents;
}

/** To be filled at the next open after `decidedOn`. */
export interface Order {
  readonly symbol: string;
  readonly side: Side;
  readonly shares: number;
  readonly decidedOn: IsoDate;
  /** For a buy: the plan of the position it opens. */
  readonly plan: TradePlan | null;
}

/** The paper book: whole shares and whole cents. A value; functions below return the next one. */
export interface Book {
  /** Session it stands after; `null` before the first decision. */
  readonly session: IsoDate | null;
  readonly cash: Cents;
  readonly positions: readonly Position[];
  readonly orders: readonly Order[];
}

export interface Fill {
  readonly symbol: string;
  readonly side: Side;
  readonly shares: number;
  readonly price: number;
  /** Commission and price concession, quote currency. */
  readonly costs: number;
  readonly session: IsoDate;
}

export interface Unfilled {
  readonly symbol: string;
  readonly reason: string;
}

export interface FillResult {
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly unfilled: readonly Unfilled[];
}

/** A book that holds only cash. */
export function openBook(initialCash: number): Book {
  return { session: null, cash: toCents(initialCash, 'the initial cash'), positions: [], orders: [] };
}

interface Market {
  readonly session: IsoDate;
  /** Open of the session in quote currency; NaN when the instrument did not open: then there is no fill. */
  readonly open: (symbol: string) => number;
}

/**
 * Fills the waiting orders at the open of a session, sells first; every order is done with afterwards.
 *
 * A buy that the cash does not cover is cut to what it covers; one without an open is dropped, never filled later.
 */
export function fillOrders(book: Book, market: Market, costs: CostsConfig): FillResult {
  const fills: Fill[] = [];
  const unfilled: Unfilled[] = [];
  let next: Book = { ...book, orders: [] };
  const sorted = [...book.orders].sort((a, b) => (a.side === b.side ? 0 : a.side === 'sell' ? -1 : 1));
  for (const order of sorted) {
    if (order.decidedOn >= market.session) throw new InvariantError(`expected a fill after the decision, found session ${market.session} for an order of ${order.decidedOn} in "${order.symbol}"`);
    const open = market.open(order.symbol);
    if (!(open > 0)) {
      unfilled.push({ symbol: order.symbol, reason: `no opening price on ${market.session}` });
      continue;
    }
    const outcome = order.side === 'sell' ? sell(next, order, { open, session: market.session }, costs) : buy(next, order, { open, session: market.session }, costs);
    next = outcome.book;
    if (outcome.fill) fills.push(outcome.fill);
    if (outcome.reason) unfilled.push({ symbol: order.symbol, reason: outcome.reason });
  }
  return { book: next, fills, unfilled };
}

interface Opening {
  readonly open: number;
  readonly session: IsoDate;
}

interface Outcome {
  readonly book: Book;
  readonly fill?: Fill;
  readonly reason?: string;
}

function sell(book: Book, order: Order, { open, session }: Opening, costs: CostsConfig): Outcome {
  const position = book.positions.find(({ symbol }) => symbol === order.symbol);
  if (!position || position.shares < order.shares) throw new InvariantError(`expected at least ${order.shares} shares of "${order.symbol}" to sell, found ${position?.shares ?? 0}`);
  const price = fillPrice(open, 'sell', costs);
  const value = order.shares * price;
  const fee = toCents(commission(value, costs));
  const rest = position.shares - order.shares;
  const kept = toCents((fromCents(position.cost) * rest) / position.shares);
  const positions = book.positions.flatMap((p) => (p !== position ? [p] : rest === 0 ? [] : [{ ...p, shares: rest, cost: kept }]));
  return {
    book: { ...book, cash: addCents(book.cash, toCents(value), negateCents(fee)), positions },
    fill: { symbol: order.symbol, side: 'sell', shares: order.shares, price, costs: fromCents(fee) + order.shares * (open - price), session },
  };
}

function buy(book: Book, order: Order, { open, session }: Opening, costs: CostsConfig): Outcome {
  if (order.plan === null) throw new InvariantError(`expected a plan with a buy order, found none in "${order.symbol}"`);
  const price = fillPrice(open, 'buy', costs);
  const affordable = Math.floor(fromCents(book.cash) / (price * (1 + costs.commissionBps / 10_000)) + 1e-9);
  const shares = sharesWithin(book.cash, Math.min(order.shares, affordable), price, costs);
  if (shares <= 0) return { book, reason: `${fromCents(book.cash).toFixed(2)} of cash does not pay one share at ${price.toFixed(2)}` };
  const fee = toCents(commission(shares * price, costs));
  const paid = addCents(toCents(shares * price), fee);
  const old = book.positions.find(({ symbol }) => symbol === order.symbol);
  const total = shares + (old?.shares ?? 0);
  const position: Position = { symbol: order.symbol, shares: total, entrySession: old?.entrySession ?? session, entryPrice: ((old?.shares ?? 0) * (old?.entryPrice ?? 0) + shares * price) / total, cost: addCents(paid, old?.cost ?? toCents(0)), ...order.plan };
  const positions = [...book.positions.filter((p) => p !== old), position].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return {
    book: { ...book, cash: addCents(book.cash, negateCents(paid)), positions },
    fill: { symbol: order.symbol, side: 'buy', shares, price, costs: fromCents(fee) + shares * (price - open), session },
    ...(shares < order.shares ? { reason: `cash paid ${shares} of ${order.shares} shares` } : {}),
  };
}

/** Rounding to cents may ask for one cent more than there is: then one share less. */
function sharesWithin(cash: Cents, shares: number, price: number, costs: CostsConfig): number {
  let count = shares;
  while (count > 0 && addCents(toCents(count * price), toCents(commission(count * price, costs))) > cash) count--;
  return count;
}

/** Closes positions whose instrument no longer trades, at a given last price and without costs; a data end, read nothing into it. */
export function closeVanished(book: Book, gone: readonly { readonly symbol: string; readonly price: number }[], session: IsoDate): { book: Book; fills: Fill[] } {
  const fills: Fill[] = [];
  let { cash, positions } = book;
  for (const { symbol, price } of gone) {
    const { shares } = positions.find((position) => position.symbol === symbol)!;
    cash = addCents(cash, toCents(shares * price));
    positions = positions.filter((position) => position.symbol !== symbol);
    fills.push({ symbol, side: 'sell', shares, price, costs: 0, session });
  }
  return { book: { ...book, cash, positions }, fills };
}

/** Value of the book at given prices, in quote currency. */
export function equity(book: Book, price: (symbol: string) => number): number {
  return fromCents(addCents(book.cash, ...book.positions.map(({ symbol, shares }) => toCents(shares * price(symbol), `the value of ${symbol}`))));
}
