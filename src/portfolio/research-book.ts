import { InvariantError } from '../core/errors.js';
import type { FixedCosts } from './config.js';

/**
 * The research book: fractional shares, floating money, costs in basis points; changed in place, nothing is allocated in a session.
 *
 * Every sum runs over the names in their order and every expression is written out once, so that a faster path which repeats them is equal
 * bit for bit. Prices are those of research, adjusted for splits and dividends, so there are no corporate actions.
 */
export interface ResearchBook {
  cash: number;
  /** Paid so far. */
  commission: number;
  /** Lost so far to spread and slippage. */
  concession: number;
  /** Bought and sold so far, at fill prices. */
  traded: number;
  /** [name], ≥ 0. */
  readonly shares: Float64Array;
  /** Last price seen, NaN before the first. [name] */
  readonly marks: Float64Array;
  /** Room for the shares that are wanted while it trades; of no meaning between. [name] */
  readonly scratch: Float64Array;
}

/** A research book that holds only cash. */
export function openResearchBook(names: number, initialCash: number): ResearchBook {
  return { cash: initialCash, commission: 0, concession: 0, traded: 0, shares: new Float64Array(names), marks: new Float64Array(names).fill(Number.NaN), scratch: new Float64Array(names) };
}

/**
 * Value of the book at prices that it remembers; a missing one leaves the last.
 * @param prices [name], NaN: none
 */
export function markResearch({ cash, shares, marks }: ResearchBook, prices: Float64Array): number {
  requireNames(shares, prices, 'prices');
  let value = cash;
  for (let i = 0; i < shares.length; i++) {
    if (prices[i] > 0) marks[i] = prices[i];
    if (shares[i] > 0) value += shares[i] * marks[i];
  }
  return value;
}

/**
 * Trades at an open to weights that were decided at the close before: shares = weight · V / open, V the value at the open before trading.
 *
 * A name without an open counts towards V at its last mark and is not traded. Sales come first; where the buys and their costs come to more
 * than the cash then, all are cut by one factor, so that it ends at 0 (up to rounding).
 *
 * @param weights [name] fractions of V, ≥ 0
 * @param opens   [name] NaN: it does not open
 * @returns V
 */
export function rebalanceResearch(book: ResearchBook, weights: Float64Array, opens: Float64Array, costs: FixedCosts): number {
  requireNames(book.shares, weights, 'weights');
  const value = markResearch(book, opens);
  const slip = (costs.halfSpreadBps + costs.slippageBps) / 10_000;
  const fee = costs.commissionBps / 10_000;
  const wanted = sell(book, { weights, opens, value, slip, fee });
  buy(book, { opens, slip, fee, part: wanted > book.cash ? Math.max(0, book.cash) / wanted : 1 });
  return value;
}

interface Sales {
  readonly weights: Float64Array;
  readonly opens: Float64Array;
  readonly value: number;
  readonly slip: number;
  readonly fee: number;
}

/** Sells what is too much, remembers the shares that are wanted of each name, and returns what the buys would come to. */
function sell(book: ResearchBook, { weights, opens, value, slip, fee }: Sales): number {
  const { shares, scratch } = book;
  // sums go on in variables and are written back once: the same additions in the same order, several times as fast
  let { cash, commission, concession, traded } = book;
  let wanted = 0;
  for (let i = 0; i < shares.length; i++) {
    const weight = weights[i];
    const open = opens[i];
    const held = shares[i];
    if (!(weight >= 0)) throw new InvariantError(`expected weights of 0 or more, found ${weight} at ${i}`);
    scratch[i] = Number.NaN;
    if (!(open > 0)) continue;
    const target = (weight * value) / open;
    scratch[i] = target;
    if (target < held) {
      const gross = (held - target) * open * (1 - slip);
      cash += gross - gross * fee;
      traded += gross;
      commission += gross * fee;
      concession += (held - target) * open * slip;
      shares[i] = target;
    } else wanted += (target - held) * open * (1 + slip) * (1 + fee);
  }
  [book.cash, book.commission, book.concession, book.traded] = [cash, commission, concession, traded];
  return wanted;
}

interface Buys {
  readonly opens: Float64Array;
  readonly slip: number;
  readonly fee: number;
  /** Share of each buy that the cash pays for. */
  readonly part: number;
}

function buy(book: ResearchBook, { opens, slip, fee, part }: Buys): void {
  const { shares, scratch } = book;
  let { cash, commission, concession, traded } = book;
  for (let i = 0; i < shares.length; i++) {
    const bought = (scratch[i] - shares[i]) * part;
    if (!(bought > 0)) continue;
    const open = opens[i];
    const gross = bought * open * (1 + slip);
    cash -= gross + gross * fee;
    traded += gross;
    commission += gross * fee;
    concession += bought * open * slip;
    shares[i] += bought;
  }
  [book.cash, book.commission, book.concession, book.traded] = [cash, commission, concession, traded];
}

/** Turns what is held of a name that no longer trades into cash at its last mark, without costs. */
export function closeResearch(book: ResearchBook, name: number): void {
  if (book.shares[name] > 0) book.cash += book.shares[name] * book.marks[name];
  book.shares[name] = 0;
}

function requireNames(shares: Float64Array, values: Float64Array, what: string): void {
  if (values.length !== shares.length) throw new InvariantError(`expected ${shares.length} ${what} [name], found ${values.length}`);
}
