import { InvariantError } from '../core/errors.js';
import { positionOf, type Book, type Fill, type FillResult, type Order, type Unfilled } from './book.js';
import { trailStops, triggerBrackets } from './brackets.js';
import type { Brackets } from './config.js';
import { applyActions } from './corporate-actions.js';
import type { CostModel } from './cost-model.js';
import { closeDelisted } from './delistings.js';
import { carryOut, fillAtOpen, type TradeTerms } from './fill-orders.js';
import { Participation, UNCAPPED, type FillRules } from './participation.js';
import type { BookEvent, SessionMarket } from './session-market.js';

/** How a book is taken through sessions. */
export interface StepRules {
  readonly costs: CostModel;
  /** `resting`: stops and targets trade within the session; `close`: nothing rests, whoever decides at the close may sell at the next open. */
  readonly brackets: Brackets;
  /** How much of a market may be traded; absent: everything that is wanted. */
  readonly fills?: FillRules;
}

export interface BookStep extends FillResult {
  /** In the order in which they happened. */
  readonly events: readonly BookEvent[];
}

/**
 * Takes a book through one session, in the order in which things happen.
 *
 * Corporate actions; waiting orders at the open, sells first, then buys as they stand; limit buys that the range reaches; resting stops and
 * targets; delistings; and `high` and the stops that follow it, moved by the close. Orders are good for one session: the book comes back
 * standing after it, with none but sales of what a stop was to sell and the market did not take (`fills`). Nothing fills without a price,
 * cash never falls below 0, and cash moves by the fills and dividends that are returned, to the cent.
 *
 * @param market quoted prices of the session; all else as known at the close before
 * @throws InvariantError when the session is not after the book's, or an order cannot be meant
 */
export function stepBook(book: Book, market: SessionMarket, { costs, brackets, fills = UNCAPPED }: StepRules): BookStep {
  if (book.session !== null && market.session <= book.session) throw new InvariantError(`expected a session after the book's ${book.session}, found ${market.session}`);
  const terms: TradeTerms = { costs, participation: new Participation(fills) };
  const acted = applyActions(book, market);
  const opened = fillAtOpen(acted.book, { session: market.session, open: (symbol) => market.bar(symbol)?.open ?? Number.NaN, liquidity: (symbol) => market.liquidity(symbol) }, costs, terms.participation);
  const limited = fillLimits(opened.book, market, terms);
  const entered = new Map(limited.fills.map(({ symbol, reference }) => [symbol, reference]));
  const bracketed = brackets === 'resting' ? triggerBrackets(limited.book, market, { ...terms, entered }) : { book: limited.book, fills: [], unfilled: [] };
  const delisted = market.delistings.filter(({ symbol }) => positionOf(bracketed.book, symbol) !== undefined);
  const closed = closeDelisted(bracketed.book, delisted, market.session);
  return {
    book: { ...forgetting({ ...trailStops(closed.book, market), session: market.session }), orders: restsOfStops(closed.book, market, terms) },
    fills: [...acted.fills, ...opened.fills, ...limited.fills, ...bracketed.fills, ...closed.fills],
    unfilled: [...acted.unfilled, ...opened.unfilled, ...limited.unfilled, ...bracketed.unfilled],
    events: [...acted.events, ...delisted.map((delisting) => ({ kind: 'delisted' as const, session: market.session, ...delisting }))],
  };
}

/** A stop that was touched has become a market order: what of it the market did not take waits for the next open. */
function restsOfStops({ positions }: Book, { session }: SessionMarket, { participation }: TradeTerms): Order[] {
  return positions.filter(({ symbol }) => participation.isStopCut(symbol)).map(({ symbol, shares }) => ({ symbol, side: 'sell', shares, decidedOn: session, plan: null, kind: 'stop' }));
}

/** Actions are only remembered of what is still held. */
function forgetting(book: Book): Book {
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  return { ...book, appliedActions: book.appliedActions.filter(({ symbol }) => held.has(symbol)) };
}

/** Buys at their limit what the session's low reached, as the orders stand; all are done with afterwards. */
function fillLimits(book: Book, market: SessionMarket, terms: TradeTerms): FillResult {
  const fills: Fill[] = [];
  const unfilled: Unfilled[] = [];
  let next: Book = { ...book, orders: [] };
  for (const order of book.orders) {
    const { symbol } = order;
    const [limit, bar] = [order.limit!, market.bar(symbol)!];
    if (bar.suspect || !(bar.low <= limit)) {
      unfilled.push({ symbol, reason: bar.suspect ? `the bar of ${market.session} is suspect` : `the low of ${bar.low.toFixed(2)} on ${market.session} did not reach the limit of ${limit.toFixed(2)}` });
      continue;
    }
    const outcome = carryOut(next, order, { reference: limit, session: market.session, liquidity: market.liquidity(symbol) }, terms);
    next = outcome.book;
    if (outcome.fill) fills.push(outcome.fill);
    if (outcome.shortfall !== null) unfilled.push({ symbol, reason: outcome.shortfall });
  }
  return { book: next, fills, unfilled };
}
