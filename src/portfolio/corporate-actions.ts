import type { EpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { positionOf, withPosition, type Book, type Fill, type Order, type Position, type TradePlan, type Unfilled } from './book.js';
import { addCents, fromCents, negateCents, toCents } from './cents.js';
import type { BookEvent, SessionAction, SessionMarket } from './session-market.js';

export interface ActionResult {
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly unfilled: readonly Unfilled[];
  readonly events: readonly BookEvent[];
}

/**
 * Takes a book through the corporate actions of a session, before its open.
 *
 * Dividends come first: they are per share held at the close before, so before any split of the day; they are cash at once, untaxed.
 * A split restates shares and every price of positions and waiting orders; a fraction of a share is paid in cash at the open, or at the
 * last close restated. Dividends move no stop: levels are quoted prices.
 */
export function applyActions(book: Book, market: SessionMarket): ActionResult {
  const fills: Fill[] = [];
  const unfilled: Unfilled[] = [];
  const events: BookEvent[] = [];
  let next = book;
  for (const action of market.actions) {
    requireSound(action);
    const position = positionOf(book, action.symbol);
    if (action.kind !== 'dividend' || !position) continue;
    const cents = toCents(position.shares * action.value, `the dividend of ${action.symbol}`);
    next = { ...next, cash: addCents(next.cash, cents) };
    events.push({ kind: 'dividend', session: market.session, symbol: action.symbol, exDay: action.exDay, shares: position.shares, perShare: action.value, cents });
  }
  for (const { symbol, exDay, value: ratio } of market.actions.filter(({ kind }) => kind === 'split')) {
    const outcome = split(next, { symbol, exDay, ratio }, market);
    next = outcome.book;
    fills.push(...outcome.fills);
    unfilled.push(...outcome.unfilled);
    events.push(...outcome.events);
  }
  const applied = market.actions.filter(({ symbol }) => positionOf(book, symbol) !== undefined).map(({ symbol, kind, exDay }) => ({ symbol, kind, exDay }));
  return { book: { ...next, appliedActions: [...next.appliedActions, ...applied] }, fills, unfilled, events };
}

function requireSound({ symbol, kind, value }: SessionAction): void {
  if (!(kind === 'split' ? value > 0 : value >= 0) || value === Infinity) throw new InvariantError(`expected a ${kind === 'split' ? 'ratio above 0' : 'dividend of 0 or more'}, found ${value} in a ${kind} of "${symbol}"`);
}

interface Split {
  readonly symbol: string;
  readonly exDay: EpochDay;
  readonly ratio: number;
}

function split(book: Book, given: Split, market: SessionMarket): ActionResult {
  const position = positionOf(book, given.symbol);
  const restated = position ? splitPosition(book, position, given, market) : { book, fills: [], events: [] };
  const after = positionOf(restated.book, given.symbol)?.shares ?? 0;
  const unfilled: Unfilled[] = [];
  const orders = book.orders.flatMap((order) => {
    if (order.symbol !== given.symbol) return [order];
    const shares = order.side === 'sell' && order.shares === position?.shares ? after : wholeShares(order.shares * given.ratio);
    if (shares === 0) unfilled.push({ symbol: order.symbol, reason: `a split of ${given.ratio} new shares for one left less than one share to ${order.side}` });
    return shares === 0 ? [] : [splitOrder(order, shares, given.ratio)];
  });
  return { book: { ...restated.book, orders }, fills: restated.fills, unfilled, events: restated.events };
}

function splitPosition(book: Book, position: Position, { symbol, exDay, ratio }: Split, market: SessionMarket): Pick<ActionResult, 'book' | 'fills' | 'events'> {
  const exact = position.shares * ratio;
  const shares = wholeShares(exact);
  const fraction = Math.max(0, exact - shares);
  const kept = toCents((fromCents(position.cost) * Math.min(shares, exact)) / exact);
  const next = withPosition(book, symbol, shares === 0 ? null : { ...position, ...restatePlan(position, ratio), shares, cost: kept, entryPrice: position.entryPrice / ratio, high: position.high / ratio });
  const events: BookEvent[] = [{ kind: 'split', session: market.session, symbol, exDay, ratio, sharesBefore: position.shares, sharesAfter: shares }];
  if (fraction <= FRACTION) return { book: next, fills: [], events };
  const price = cashPrice(symbol, ratio, market);
  const gross = toCents(fraction * price, `the fraction of ${symbol}`);
  const none = toCents(0);
  const fill: Fill = { symbol, side: 'sell', shares: fraction, price, reference: price, session: market.session, reason: 'split-cash', gross, commission: none, concession: none, costs: 0, basis: addCents(position.cost, negateCents(kept)) };
  return { book: { ...next, cash: addCents(next.cash, gross) }, fills: [fill], events };
}

/** Ratios such as 1/3 are not exact: what is that close to a whole share is one. */
const FRACTION = 1e-6;

const wholeShares = (exact: number): number => Math.floor(exact + FRACTION);

function cashPrice(symbol: string, ratio: number, market: SessionMarket): number {
  const open = market.bar(symbol)?.open ?? Number.NaN;
  const price = open > 0 ? open : market.lastClose(symbol) / ratio;
  if (!(price >= 0)) throw new InvariantError(`expected an open or a last close to pay a fraction of a share at, found none of "${symbol}" on ${market.session}`);
  return price;
}

function restatePlan<Plan extends TradePlan>(plan: Plan, ratio: number): Plan {
  return { ...plan, stop: plan.stop / ratio, target: plan.target / ratio, trailing: plan.trailing === null ? null : plan.trailing / ratio };
}

function splitOrder(order: Order, shares: number, ratio: number): Order {
  return { ...order, shares, plan: order.plan && restatePlan(order.plan, ratio), ...(order.limit ? { limit: order.limit / ratio } : {}) };
}
