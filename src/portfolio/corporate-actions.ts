import { toEpochDay } from '../core/dates.js';
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
 * Takes a book through the corporate actions of a session, before its open, in the order of their ex-dates.
 *
 * Dividends of an ex-date come first: they are per share held at the close before, so before any split of the day; they are cash at once,
 * untaxed. A split restates shares and every price of positions and waiting orders; a fraction of a share is paid in cash at the open, or at
 * the last close restated. Dividends move no stop: levels are quoted prices.
 */
export function applyActions(book: Book, market: SessionMarket): ActionResult {
  const fills: Fill[] = [];
  const unfilled: Unfilled[] = [];
  const events: BookEvent[] = [];
  let next = book;
  for (const action of inOrder(market.actions)) {
    requireSound(action);
    const outcome = action.kind === 'dividend' ? dividend(next, action, market) : split(next, action, market);
    next = outcome.book;
    fills.push(...outcome.fills);
    unfilled.push(...outcome.unfilled);
    events.push(...outcome.events);
  }
  const applied = market.actions.filter(({ symbol }) => positionOf(book, symbol) !== undefined).map(({ symbol, kind, exDay }) => ({ symbol, kind, exDay }));
  return { book: { ...next, appliedActions: [...next.appliedActions, ...applied] }, fills, unfilled, events };
}

const inOrder = (actions: readonly SessionAction[]): SessionAction[] => [...actions].sort((a, b) => a.exDay - b.exDay || Number(a.kind === 'split') - Number(b.kind === 'split'));

function requireSound({ symbol, kind, value }: SessionAction): void {
  if (!(kind === 'split' ? value > 0 : value >= 0) || value === Infinity) throw new InvariantError(`expected a ${kind === 'split' ? 'ratio above 0' : 'dividend of 0 or more'}, found ${value} in a ${kind} of "${symbol}"`);
}

function dividend(book: Book, { symbol, exDay, value: perShare }: SessionAction, { session }: SessionMarket): ActionResult {
  const position = positionOf(book, symbol);
  if (!position) return { book, fills: [], unfilled: [], events: [] };
  const cents = toCents(position.shares * perShare, `the dividend of ${symbol}`);
  return { book: { ...book, cash: addCents(book.cash, cents) }, fills: [], unfilled: [], events: [{ kind: 'dividend', session, symbol, exDay, shares: position.shares, perShare, cents }] };
}

function split(book: Book, given: SessionAction, market: SessionMarket): ActionResult {
  const position = positionOf(book, given.symbol);
  const restated = position ? splitPosition(book, position, given, market) : { book, fills: [], events: [] };
  const after = positionOf(restated.book, given.symbol)?.shares ?? 0;
  const unfilled: Unfilled[] = [];
  const orders = book.orders.flatMap((order) => {
    if (order.symbol !== given.symbol) return [order];
    const shares = order.side === 'sell' && order.shares === position?.shares ? after : wholeShares(order.shares * given.value);
    if (shares === 0) unfilled.push({ symbol: order.symbol, reason: `a split of ${given.value} new shares for one left less than one share to ${order.side}` });
    return shares === 0 ? [] : [splitOrder(order, shares, given.value)];
  });
  return { book: { ...restated.book, orders }, fills: restated.fills, unfilled, events: restated.events };
}

function splitPosition(book: Book, position: Position, given: SessionAction, market: SessionMarket): Pick<ActionResult, 'book' | 'fills' | 'events'> {
  const { symbol, exDay, value: ratio } = given;
  const exact = position.shares * ratio;
  const shares = wholeShares(exact);
  const fraction = Math.max(0, exact - shares);
  const kept = toCents((fromCents(position.cost) * Math.min(shares, exact)) / exact);
  const next = withPosition(book, symbol, shares === 0 ? null : { ...position, ...restatePlan(position, ratio), shares, cost: kept, entryPrice: position.entryPrice / ratio, high: position.high / ratio });
  const events: BookEvent[] = [{ kind: 'split', session: market.session, symbol, exDay, ratio, sharesBefore: position.shares, sharesAfter: shares }];
  if (fraction <= FRACTION) return { book: next, fills: [], events };
  const price = cashPrice(book, given, market);
  const gross = toCents(fraction * price, `the fraction of ${symbol}`);
  const none = toCents(0);
  const fill: Fill = { symbol, side: 'sell', shares: fraction, price, reference: price, session: market.session, reason: 'split-cash', gross, commission: none, concession: none, costs: 0, basis: addCents(position.cost, negateCents(kept)) };
  return { book: { ...next, cash: addCents(next.cash, gross) }, fills: [fill], events };
}

/** Ratios such as 1/3 are not exact: what is that close to a whole share is one. */
const FRACTION = 1e-6;

const wholeShares = (exact: number): number => Math.floor(exact + FRACTION);

/** Price of a share as it is after one of the splits: the open knows those that follow it, the last close only those that the book has passed. */
function cashPrice({ session }: Book, given: SessionAction, market: SessionMarket): number {
  const { symbol } = given;
  const splits = inOrder(market.actions).filter((action) => action.kind === 'split' && action.symbol === symbol);
  const [done, after] = [splits.slice(0, splits.indexOf(given) + 1), splits.slice(splits.indexOf(given) + 1)];
  const isPassed = ({ exDay }: SessionAction): boolean => session !== null && exDay <= toEpochDay(session);
  const open = market.bar(symbol)?.open ?? Number.NaN;
  const price = open > 0 ? open * product(after) : (market.lastClose(symbol) * product(after.filter(isPassed))) / product(done.filter((one) => !isPassed(one)));
  if (!(price >= 0)) throw new InvariantError(`expected an open or a last close to pay a fraction of a share at, found none of "${symbol}" on ${market.session}`);
  return price;
}

const product = (splits: readonly SessionAction[]): number => splits.reduce((ratio, { value }) => ratio * value, 1);

function restatePlan<Plan extends TradePlan>(plan: Plan, ratio: number): Plan {
  return { ...plan, stop: plan.stop / ratio, target: plan.target / ratio, trailing: plan.trailing === null ? null : plan.trailing / ratio };
}

function splitOrder(order: Order, shares: number, ratio: number): Order {
  return { ...order, shares, plan: order.plan && restatePlan(order.plan, ratio), ...(order.limit ? { limit: order.limit / ratio } : {}) };
}
