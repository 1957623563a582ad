import type { EpochDay, IsoDate } from '../core/dates.js';
import { addCents, fromCents, toCents, type Cents } from './cents.js';
import type { Side } from './cost-model.js';

/** Levels and length of a trade, fixed when it was decided; quoted prices, NaN: no such level. */
export interface TradePlan {
  /** Quote currency; reached by a price at or below it. */
  readonly stop: number;
  /** Quote currency; reached by a price at or above it. */
  readonly target: number;
  /** Sessions from the entry. */
  readonly horizon: number;
  /** How far the stop follows below `high` (quote currency); `null`: it stays where it is. */
  readonly trailing: number | null;
}

/** A plan without levels or end, as of positions that are held to a weight. */
export const NO_PLAN: TradePlan = { stop: Number.NaN, target: Number.NaN, horizon: Number.NaN, trailing: null };

export interface Position extends TradePlan {
  readonly symbol: string;
  readonly shares: number;
  readonly entrySession: IsoDate;
  /** Price paid, quote currency, a mean after additions; restated by splits. */
  readonly entryPrice: number;
  /** Everything paid for it, costs included. */
  readonly cost: Cents;
  /** Highest of the price paid last and the closes since (quote currency); restated by splits. */
  readonly high: number;
}

/** Why an order was given; it becomes the reason of its fill. */
export type OrderKind = 'entry' | 'add' | 'exit' | 'reduce' | 'stop' | 'target' | 'time' | 'rebalance';

/** To be filled in the session after `decidedOn`, or never. */
export interface Order {
  readonly symbol: string;
  readonly side: Side;
  /** Whole, > 0; a sale may be of a part. */
  readonly shares: number;
  readonly decidedOn: IsoDate;
  /** For a buy: the plan of the position it opens. */
  readonly plan: TradePlan | null;
  /** For a buy: pays no more than this (quote currency), good for one session; absent or `null`: at the open, whatever it is. */
  readonly limit?: number | null;
  /** Absent: `entry` or `add` of a buy, `exit` or `reduce` of a sale. */
  readonly kind?: OrderKind;
}

/** A corporate action that a book has been taken through. */
export interface AppliedAction {
  readonly symbol: string;
  readonly kind: 'split' | 'dividend';
  readonly exDay: EpochDay;
}

/** The paper book: whole shares and whole cents. A value; what trades it returns the next one. */
export interface Book {
  /** Session it stands after; `null` before the first decision. */
  readonly session: IsoDate | null;
  readonly cash: Cents;
  /** By symbol. */
  readonly positions: readonly Position[];
  /** Waiting for the next session, what matters more first. */
  readonly orders: readonly Order[];
  /** Highest equity of all decisions so far, the initial cash at least (quote currency). */
  readonly highestEquity: number;
  /** Corporate actions that were applied to what is held now. */
  readonly appliedActions: readonly AppliedAction[];
  /** What stops sold in the last `STOPS_KEPT` sessions, oldest first. */
  readonly recentStops: readonly { readonly symbol: string; readonly session: IsoDate }[];
}

/** Why shares changed hands: `delisted` and `split-cash` are nobody's decision and cost nothing. */
export type FillReason = OrderKind | 'delisted' | 'split-cash';

/** Cash moves by `gross` less `commission` at a sale and by minus their sum at a buy, exactly. */
export interface Fill {
  readonly symbol: string;
  readonly side: Side;
  /** Whole, except the fraction that a split pays in cash. */
  readonly shares: number;
  /** Paid or received a share, quote currency. */
  readonly price: number;
  /** The open, limit, stop, target or last price that it was made from (quote currency). */
  readonly reference: number;
  readonly session: IsoDate;
  readonly reason: FillReason;
  /** Value at `price`. */
  readonly gross: Cents;
  readonly commission: Cents;
  /** What the difference of price and reference took, ≥ 0; it is within `gross`. */
  readonly concession: Cents;
  /** Commission and concession, quote currency. */
  readonly costs: number;
  /** What the shares of a sale had cost, or what a buy paid, costs included. */
  readonly basis: Cents;
}

/** An order, or the part of it, that came to nothing. */
export interface Unfilled {
  readonly symbol: string;
  readonly reason: string;
}

export interface FillResult {
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly unfilled: readonly Unfilled[];
}

/** Sessions for which it is remembered what a stop sold. */
export const STOPS_KEPT = 20;

/** A book that holds only cash. */
export function openBook(initialCash: number): Book {
  return { session: null, cash: toCents(initialCash, 'the initial cash'), positions: [], orders: [], highestEquity: initialCash, appliedActions: [], recentStops: [] };
}

/** What is held of a symbol, if anything. */
export function positionOf(book: Book, symbol: string): Position | undefined {
  return book.positions.find((position) => position.symbol === symbol);
}

/** The book with a position put in, replaced, or (`null`) taken out; positions stay ordered by symbol. */
export function withPosition(book: Book, symbol: string, position: Position | null): Book {
  const others = book.positions.filter((other) => other.symbol !== symbol);
  return { ...book, positions: position === null ? others : [...others, position].sort((a, b) => (a.symbol < b.symbol ? -1 : 1)) };
}

/** Value of the book at given prices, in quote currency; each position is rounded to a cent. */
export function equity(book: Book, price: (symbol: string) => number): number {
  return fromCents(addCents(book.cash, ...book.positions.map(({ symbol, shares }) => toCents(shares * price(symbol), `the value of ${symbol}`))));
}
