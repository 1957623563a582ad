import { InvariantError } from '../core/errors.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import type { FixedCosts } from './config.js';

/** What trading costs in the research book; no name is held short unless its price for that is said. */
export interface ResearchCosts extends FixedCosts {
  /** What it costs to borrow shares: fraction a year of the market value held short, ≥ 0, a 252nd of it paid at each close. Not given: no shorts. */
  readonly borrowFee?: number | undefined;
}

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
  /** Paid so far for shares that were borrowed. */
  borrowed: number;
  /** [name], < 0: held short. */
  readonly shares: Float64Array;
  /** Last price seen, NaN before the first. [name] */
  readonly marks: Float64Array;
  /** Room for the shares that are wanted while it trades; of no meaning between. [name] */
  readonly scratch: Float64Array;
}

/** A research book that holds only cash. */
export function openResearchBook(names: number, initialCash: number): ResearchBook {
  return { cash: initialCash, commission: 0, concession: 0, traded: 0, borrowed: 0, shares: new Float64Array(names), marks: new Float64Array(names).fill(Number.NaN), scratch: new Float64Array(names) };
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
    if (shares[i] !== 0) value += shares[i] * marks[i];
  }
  return value;
}

/**
 * Ends a session: marks the book at its closes, then pays for the shares that are held short.
 *
 * Without `borrowFee`, or without shorts, it is `markResearch`.
 * @param closes [name], NaN: none
 * @returns value of the book after the fee
 * @throws InvariantError for a fee that is no number of 0 or more
 */
export function closeResearchSession(book: ResearchBook, closes: Float64Array, { borrowFee = 0 }: Pick<ResearchCosts, 'borrowFee'>): number {
  const value = markResearch(book, closes);
  if (borrowFee === 0) return value;
  requireFee(borrowFee);
  const { shares, marks } = book;
  let short = 0;
  for (let i = 0; i < shares.length; i++) if (shares[i] < 0) short -= shares[i] * marks[i];
  const fee = short * (borrowFee / SESSIONS_PER_YEAR);
  book.cash -= fee;
  book.borrowed += fee;
  return value - fee;
}

/**
 * Trades at an open to weights that were decided at the close before: shares = weight · V / open, V the value at the open before trading.
 *
 * A name without an open counts towards V at its last mark and is not traded. Sales come first, short ones too, and what they bring is cash;
 * where the buys and their costs come to more than the cash then, all are cut by one factor, so that it ends at 0 (up to rounding). A book
 * that shorts have cost all it had, V ≤ 0, wants nothing of any name.
 *
 * @param weights [name] fractions of V; below 0, held short, only where a borrow fee is given
 * @param opens   [name] NaN: it does not open
 * @returns V
 * @throws InvariantError for a weight that is missing, or below 0 without a borrow fee
 */
export function rebalanceResearch(book: ResearchBook, weights: Float64Array, opens: Float64Array, costs: ResearchCosts): number {
  requireNames(book.shares, weights, 'weights');
  const value = markResearch(book, opens);
  const slip = (costs.halfSpreadBps + costs.slippageBps) / 10_000;
  const fee = costs.commissionBps / 10_000;
  const wanted = sell(book, { weights, opens, value: Math.max(0, value), slip, fee, least: costs.borrowFee === undefined ? 0 : -Number.MAX_VALUE });
  buy(book, { opens, slip, fee, part: wanted > book.cash ? Math.max(0, book.cash) / wanted : 1 });
  return value;
}

interface Sales {
  readonly weights: Float64Array;
  readonly opens: Float64Array;
  readonly value: number;
  readonly slip: number;
  readonly fee: number;
  /** No weight is below it. */
  readonly least: number;
}

/** Sells what is too much, remembers the shares that are wanted of each name, and returns what the buys would come to. */
function sell(book: ResearchBook, { weights, opens, value, slip, fee, least }: Sales): number {
  const { shares, scratch } = book;
  // sums go on in variables and are written back once: the same additions in the same order, several times as fast
  let { cash, commission, concession, traded } = book;
  let wanted = 0;
  for (let i = 0; i < shares.length; i++) {
    const weight = weights[i];
    const open = opens[i];
    const held = shares[i];
    if (!(weight >= least)) throw badWeight(weight, i, least);
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

/** Turns what is held of a name that no longer trades, short or not, into cash at its last mark, without costs. */
export function closeResearch(book: ResearchBook, name: number): void {
  if (book.shares[name] !== 0) book.cash += book.shares[name] * book.marks[name];
  book.shares[name] = 0;
}

function requireNames(shares: Float64Array, values: Float64Array, what: string): void {
  if (values.length !== shares.length) throw new InvariantError(`expected ${shares.length} ${what} [name], found ${values.length}`);
}

function requireFee(borrowFee: number): void {
  if (!(borrowFee >= 0 && borrowFee < Infinity)) throw new InvariantError(`expected a borrow fee of 0 or more, a fraction a year, found ${borrowFee}`);
}

function badWeight(weight: number, position: number, least: number): InvariantError {
  const unasked = least === 0 && weight < 0 ? '; weights below 0 are held short and need a borrowFee among the costs' : '';
  return new InvariantError(`expected weights of ${least === 0 ? '0 or more' : 'any size, none missing'}, found ${weight} at ${position}${unasked}`);
}
