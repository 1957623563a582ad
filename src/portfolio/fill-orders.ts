import type { IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { positionOf, type Book, type Fill, type FillReason, type FillResult, type Order, type Unfilled } from './book.js';
import type { CostModel, Liquidity } from './cost-model.js';
import { Participation, UNCAPPED } from './participation.js';
import { buyShares, sellShares, type Deal, type Traded } from './trade.js';

/** Opens of a session. */
export interface Openings {
  readonly session: IsoDate;
  /** Quote currency; NaN when the instrument did not open: then there is no fill. */
  open(symbol: string): number;
  liquidity(symbol: string): Liquidity;
}

/** By what orders are traded. */
export interface TradeTerms {
  readonly costs: CostModel;
  /** Of the session; it takes note of what is traded. */
  readonly participation: Participation;
}

/**
 * Fills at the open what can be filled there, sells first, then buys as they stand, each cut to its part of the market and to what the
 * cash pays.
 *
 * One without an open is dropped, never filled later. Buys with a limit below the open stay among the orders; all others are done with.
 */
export function fillAtOpen(book: Book, market: Openings, costs: CostModel, participation = new Participation(UNCAPPED)): FillResult {
  const fills: Fill[] = [];
  const unfilled: Unfilled[] = [];
  const waiting: Order[] = [];
  let next: Book = { ...book, orders: [] };
  for (const order of [...book.orders.filter(({ side }) => side === 'sell'), ...book.orders.filter(({ side }) => side === 'buy')]) {
    requireSound(order, market.session);
    const open = market.open(order.symbol);
    if (!(open > 0)) unfilled.push({ symbol: order.symbol, reason: `no opening price on ${market.session}` });
    else if (order.side === 'buy' && open > (order.limit ?? Infinity)) waiting.push(order);
    else {
      const outcome = carryOut(next, order, { reference: open, session: market.session, liquidity: market.liquidity(order.symbol) }, { costs, participation });
      next = outcome.book;
      if (outcome.fill) fills.push(outcome.fill);
      if (outcome.shortfall !== null) unfilled.push({ symbol: order.symbol, reason: outcome.shortfall });
    }
  }
  return { book: { ...next, orders: waiting }, fills, unfilled };
}

/** Trades an order from a price; a limit is never overstepped. */
export function carryOut(book: Book, order: Order, at: Pick<Deal, 'reference' | 'session' | 'liquidity'>, { costs, participation }: TradeTerms): Traded {
  const { symbol, side } = order;
  const { shares, shortfall } = participation.allowed({ symbol, side, shares: order.shares, ...at });
  if (shortfall !== null && order.kind === 'stop') participation.cutStop(symbol);
  if (shares === 0) return { book, fill: null, shortfall };
  const deal: Deal = { symbol, shares, bound: order.limit ?? null, reason: order.kind ?? usualReason(order, book), ...at };
  const traded = side === 'sell' ? { ...sellShares(book, deal, costs), shortfall: null } : buyShares(book, deal, order.plan!, costs);
  if (traded.fill) participation.add(traded.fill);
  return shortfall === null ? traded : { ...traded, shortfall: traded.shortfall === null ? shortfall : `${shortfall}; ${traded.shortfall}` };
}

function usualReason({ symbol, side, shares }: Order, book: Book): FillReason {
  const held = positionOf(book, symbol)?.shares ?? 0;
  if (side === 'buy') return held > 0 ? 'add' : 'entry';
  return shares < held ? 'reduce' : 'exit';
}

function requireSound({ symbol, side, shares, decidedOn, plan, limit }: Order, session: IsoDate): void {
  if (decidedOn >= session) throw new InvariantError(`expected a fill after the decision, found session ${session} for an order of ${decidedOn} in "${symbol}"`);
  if (!Number.isSafeInteger(shares) || shares <= 0) throw new InvariantError(`expected whole shares above 0 in an order, found ${shares} in "${symbol}"`);
  if (side === 'buy' && plan === null) throw new InvariantError(`expected a plan with a buy order, found none in "${symbol}"`);
  if (limit !== undefined && limit !== null && !(side === 'buy' && limit > 0)) throw new InvariantError(`expected a limit above 0 with a buy order only, found ${limit} with a ${side} in "${symbol}"`);
}
