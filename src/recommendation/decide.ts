import { XNYS } from '../core/calendar.js';
import type { IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import type { Market } from '../data/market.js';
import { closeVanished, equity, fillOrders, type Book, type Fill, type Order, type Unfilled } from '../portfolio/book.js';
import { fromCents } from '../portfolio/cents.js';
import type { CostsConfig } from '../portfolio/config.js';
import type { Decision, Strategy, Target } from '../strategy/strategy.js';
import { MarketView } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import type { Predictions } from './predict.js';

/** A position without a bar for so many sessions is taken for delisted and closed at its last close. */
const VANISHED_AFTER = 5;

export interface EveningDecision {
  readonly decision: Decision;
  /** After the fills, with the orders of this decision waiting. */
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly unfilled: readonly Unfilled[];
  readonly equity: number;
  /** Sessions between the last decision and this one on which nobody decided. */
  readonly missedSessions: number;
}

/** Fills what was ordered, lets the strategy decide on what is known at the session, and writes its orders. */
export function decideEvening(market: Market, features: Panel, predictions: Predictions, { before, strategy, costs }: { before: Book; strategy: Strategy; costs: CostsConfig }): EveningDecision {
  const { asOf, bars } = market;
  const index = bars.sessions.length - 1;
  const filled = fillWaiting(before, market, costs);
  const view = new MarketView({ index, bars, features, eligible: predictions.eligible, forecasts: predictions.forecasts });
  const settled = settleVanished(filled.book, view, asOf);
  requirePrices(settled.book, view);
  const price = (symbol: string): number => view.lastClose(symbol);
  const total = equity(settled.book, price);
  const chosen = strategy.decide(view, { equity: total, cash: fromCents(settled.book.cash), positions: settled.book.positions });
  const decision = withoutUnaffordable(chosen, total);
  const orders = decision.targets.flatMap((target) => toOrder(target, settled.book, total, asOf));
  return {
    decision,
    book: { ...settled.book, session: asOf, orders },
    fills: [...filled.fills, ...settled.fills],
    unfilled: filled.unfilled,
    equity: total,
    missedSessions: before.session === null ? 0 : Math.max(0, XNYS.count(before.session, asOf) - 1),
  };
}

/** @throws DataError when something is held that the store has no price for, as after an import that left it out */
function requirePrices({ positions }: Book, view: MarketView): void {
  const unpriced = positions.filter(({ symbol }) => !view.hasSymbol(symbol)).map(({ symbol }) => symbol);
  if (unpriced.length > 0) throw new DataError(`expected bars of everything the paper book holds, found none for ${unpriced.map((symbol) => `"${symbol}"`).join(', ')} up to ${view.session}; import them`, { code: 'HELD_WITHOUT_BARS', fields: { symbols: unpriced } });
}

/** Orders fill at the open after their decision, even where the evenings between were missed. */
function fillWaiting(before: Book, { bars }: Market, costs: CostsConfig): { book: Book; fills: readonly Fill[]; unfilled: readonly Unfilled[] } {
  if (before.session === null || before.orders.length === 0) return { book: before, fills: [], unfilled: [] };
  const session = XNYS.next(before.session);
  const open = (symbol: string): number => (bars.hasSymbol(symbol) ? bars.value('quotedOpen', symbol, session) : Number.NaN);
  return fillOrders(before, { session, open }, costs);
}

function settleVanished(book: Book, view: MarketView, asOf: IsoDate): { book: Book; fills: Fill[] } {
  const gone = book.positions.filter(({ symbol }) => {
    const recent = view.hasSymbol(symbol) ? view.history('close', symbol, VANISHED_AFTER) : [];
    return Array.from(recent).every(Number.isNaN) && view.lastClose(symbol) > 0;
  });
  return closeVanished(book, gone.map(({ symbol }) => ({ symbol, price: view.lastClose(symbol) })), asOf);
}

/** An entry whose weight does not buy one share is no recommendation: it is named among what was left out. */
function withoutUnaffordable(decision: Decision, total: number): Decision {
  const tooSmall = decision.targets.filter(({ action, weight, entry }) => action === 'enter' && sharesOf(weight, entry, total) === 0);
  if (tooSmall.length === 0) return decision;
  const leftOut = tooSmall.map(({ symbol }) => ({ symbol, reason: 'its weight does not buy one share' }));
  return { ...decision, targets: decision.targets.filter((target) => !tooSmall.includes(target)), leftOut: [...decision.leftOut, ...leftOut] };
}

const sharesOf = (weight: number, entry: number, total: number): number => Math.floor((weight * total) / entry);

function toOrder({ action, symbol, weight, entry, stop, target, horizon }: Target, book: Book, total: number, decidedOn: IsoDate): Order[] {
  if (action === 'hold') return [];
  if (action === 'exit') return [{ symbol, side: 'sell', shares: book.positions.find((position) => position.symbol === symbol)!.shares, decidedOn, plan: null }];
  return [{ symbol, side: 'buy', shares: sharesOf(weight, entry, total), decidedOn, plan: { stop, target, horizon } }];
}
