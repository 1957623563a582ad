import { XNYS } from '../core/calendar.js';
import { fromEpochDay, toEpochDay, type IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { equity, STOPS_KEPT, type Book, type Fill, type Order, type OrderKind, type Position, type Unfilled } from '../portfolio/book.js';
import { fromCents } from '../portfolio/cents.js';
import type { RiskConfig } from '../portfolio/rules/config.js';
import type { BookEvent } from '../portfolio/session-market.js';
import { stepBook, type StepRules } from '../portfolio/step-book.js';
import { decideSession, sharesOf, type SessionDecision } from './decide-session.js';
import type { DatedAction } from './dated-action.js';
import { DELISTING, sessionMarketOf, type DelistingRules } from './session-market-of.js';
import { withRestOrders } from './stop-rests.js';
import type { BookView, Strategy, Target } from './strategy.js';
import { MarketView, type MarketViewParts } from './view.js';

/** What a session is run on; nothing after the session at `index` is looked at. */
export interface SessionInputs extends MarketViewParts {
  /** Splits and dividends of raw prices by instrument, ordered by ex-date; empty for prices that are adjusted for them. */
  readonly actions: ReadonlyMap<string, readonly DatedAction[]>;
}

/** By what a book is run. */
export interface SessionRules {
  readonly strategy: Strategy;
  readonly risk: RiskConfig;
  readonly step: StepRules;
  /** When a held name counts as delisted, and what it pays then. */
  readonly delisting?: DelistingRules;
}

export interface SessionResult {
  readonly decision: SessionDecision;
  /** After everything of the session, with the orders of this decision waiting. */
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly unfilled: readonly Unfilled[];
  readonly events: readonly BookEvent[];
  /** At the last closes, quote currency. */
  readonly equity: number;
  /** Last close of what is held, by instrument, quote currency. */
  readonly closes: Readonly<Record<string, number>>;
  /** Sessions between the last decision and this one on which nobody decided. */
  readonly missedSessions: number;
}

/**
 * One session of a book: it is taken through every session since its last decision, then what to do at the next open is decided on what is
 * known at the close, and the orders are written. The daily run and every backtest of the cash book are this function.
 * @throws InvariantError when something is held that the panel has no price for
 */
export function runSession(inputs: SessionInputs, before: Book, { strategy, risk, step, delisting = DELISTING }: SessionRules): SessionResult {
  const { bars, index } = inputs;
  const session = fromEpochDay(bars.sessions[index]);
  const stepped = catchUp(inputs, before, { step, delisting });
  const rests = stepped.book === before ? [] : stepped.book.orders;
  const view = new MarketView(inputs);
  const unpriced = stepped.book.positions.find(({ symbol }) => !view.hasSymbol(symbol));
  if (unpriced) throw new InvariantError(`expected a price of everything that is held, found none of "${unpriced.symbol}" up to ${session}`);
  const total = equity(stepped.book, (symbol) => view.lastClose(symbol));
  const highestEquity = Math.max(total, before.highestEquity);
  const recentStops = stopsUpTo(session, before, stepped.fills);
  const decision = decideSession(view, { equity: total, cash: fromCents(stepped.book.cash), highestEquity, positions: stepped.book.positions, recentStops, ...restsAmong(rests) }, { strategy, risk });
  const decided = decision.targets.flatMap((target) => orderFor(target, stepped.book.positions, { total, close: view.lastClose(target.symbol), decidedOn: session }));
  return {
    decision,
    book: { ...stepped.book, session, orders: withRestOrders(decided, rests), highestEquity, recentStops },
    fills: stepped.fills,
    unfilled: stepped.unfilled,
    events: stepped.events,
    equity: total,
    closes: Object.fromEntries(stepped.book.positions.map(({ symbol }) => [symbol, view.lastClose(symbol)])),
    missedSessions: before.session === null ? 0 : Math.max(0, XNYS.count(before.session, session) - 1),
  };
}

const restsAmong = (rests: readonly Order[]): Pick<BookView, 'stopRests'> => (rests.length === 0 ? {} : { stopRests: new Set(rests.map(({ symbol }) => symbol)) });

/** What stops sold within the last sessions, those of before and those of now. */
function stopsUpTo(session: IsoDate, { recentStops }: Book, fills: readonly Fill[]): Book['recentStops'] {
  const oldest = XNYS.shift(session, 1 - STOPS_KEPT);
  const now = fills.filter(({ reason }) => reason === 'stop').map(({ symbol, session: sold }) => ({ symbol, session: sold }));
  return [...recentStops, ...now].filter((stop) => stop.session >= oldest);
}

type Stepped = Pick<SessionResult, 'book' | 'fills' | 'unfilled' | 'events'>;

/** The book after every session since its last decision; orders fill in the first of them or never, but for what stops left. */
function catchUp({ bars, index, actions }: SessionInputs, before: Book, { step, delisting }: { readonly step: StepRules; readonly delisting: DelistingRules }): Stepped {
  let result: Stepped = { book: before, fills: [], unfilled: [], events: [] };
  if (before.session === null) return result;
  for (let t = bars.indexOnOrBefore(toEpochDay(before.session)) + 1; t <= index; t++) {
    const { book, fills, unfilled, events } = stepBook(result.book, sessionMarketOf({ bars, index: t, actions, book: result.book, delisting }), step);
    result = { book, fills: [...result.fills, ...fills], unfilled: [...result.unfilled, ...unfilled], events: [...result.events, ...events] };
  }
  return result;
}

interface OrderTerms {
  readonly total: number;
  readonly close: number;
  readonly decidedOn: IsoDate;
}

function orderFor(target: Target, positions: readonly Position[], { total, close, decidedOn }: OrderTerms): Order[] {
  const { symbol, action, weight, entry, stop, target: goal, horizon, trailing, order } = target;
  if (action === 'hold') return [];
  if (action === 'enter') return [{ symbol, side: 'buy', shares: sharesOf(weight, total, entry), decidedOn, plan: { stop, target: goal, horizon, trailing }, limit: order?.kind === 'limit' ? order.limit : null, kind: 'entry' }];
  const { shares } = positions.find((position) => position.symbol === symbol)!;
  const sold = action === 'exit' ? shares : shares - sharesOf(weight, total, close);
  return sold <= 0 ? [] : [{ symbol, side: 'sell', shares: sold, decidedOn, plan: null, kind: action === 'reduce' ? 'reduce' : exitKind(target) }];
}

/** Why a position is left, by what its evidence says first. */
function exitKind({ evidence }: Target): OrderKind {
  const first = evidence[0]?.code;
  if (first === 'stop-rest') return 'stop';
  return first === 'stop' || first === 'target' ? first : first === 'horizon' ? 'time' : 'exit';
}
