import { fromEpochDay, toEpochDay, type EpochDay } from '../core/dates.js';
import { medianDollarVolume } from '../features/volume/dollar-volume.js';
import { standardDeviation } from '../math/stats.js';
import type { Book } from '../portfolio/book.js';
import { UNKNOWN_LIQUIDITY, type Liquidity } from '../portfolio/cost-model.js';
import { percent } from '../portfolio/rules/percent.js';
import type { Delisting, SessionAction, SessionBar, SessionMarket } from '../portfolio/session-market.js';
import type { Panel } from '../table/panel.js';
import { splitRatio, type DatedAction } from './dated-action.js';
import { memoryOf } from './panel-memory.js';

/** When a held name is taken for delisted: nobody can know on the first session without a bar that there will be no other. */
export interface DelistingRules {
  /** Sessions in a row without a bar. */
  readonly sessions: number;
  /** Part of its last close that it pays (fraction). */
  readonly recovery: number;
}

export const DELISTING: DelistingRules = { sessions: 5, recovery: 1 };

/** Opening prices of a suspect bar that are further from the last close fill nothing: such a print is as likely a fault as a fact. */
const BELIEVED_GAP = 0.25;

const LIQUIDITY_SESSIONS = 21;
const VOLATILITY_SESSIONS = 63;

export interface SessionMarketInput {
  /** Columns close (comparable over time), quotedOpen, quotedHigh, quotedLow, quotedClose, tradedValue and, where there are any, suspect. */
  readonly bars: Panel;
  /** Position of the session. */
  readonly index: number;
  /** Of each instrument, ordered by ex-date. */
  readonly actions: ReadonlyMap<string, readonly DatedAction[]>;
  /** As it stood before the session: what it holds may vanish, and may have missed actions that became known late. */
  readonly book: Pick<Book, 'session' | 'positions' | 'appliedActions'>;
  readonly delisting?: DelistingRules;
}

/** A session of a panel as books are taken through it: its own quoted bar, and all else as known at the close before. */
export function sessionMarketOf({ bars, index, actions, book, delisting = DELISTING }: SessionMarketInput): SessionMarket {
  const width = bars.sessions.length;
  const [opens, highs, lows, closes] = ['quotedOpen', 'quotedHigh', 'quotedLow', 'quotedClose'].map((column) => bars.column(column));
  const suspects = bars.has('suspect') ? bars.column('suspect') : null;
  /** In shares of the session at `from`. */
  const lastClose = (symbol: string, from: number): number => {
    if (!bars.hasSymbol(symbol)) return Number.NaN;
    const start = bars.row(symbol) * width;
    let t = from;
    while (t >= 0 && !(closes[start + t] > 0)) t--;
    return t < 0 ? Number.NaN : closes[start + t] / splitRatio(actions.get(symbol) ?? [], bars.sessions[t], bars.sessions[from]);
  };
  const isSilent = (symbol: string): boolean => {
    if (index + 1 < delisting.sessions) return false;
    const at = bars.hasSymbol(symbol) ? bars.row(symbol) * width + index : Number.NaN;
    for (let back = 0; back < delisting.sessions; back++) if (closes[at - back] > 0) return false;
    return true;
  };
  return {
    session: fromEpochDay(bars.sessions[index]),
    bar(symbol): SessionBar | null {
      if (!bars.hasSymbol(symbol)) return null;
      const at = bars.row(symbol) * width + index;
      const [open, close, suspect] = [opens[at], closes[at], suspects?.[at] === 1];
      if (!(open > 0 || close > 0)) return null;
      const isBelieved = !suspect || Math.abs(open / lastClose(symbol, index - 1) - 1) <= BELIEVED_GAP;
      return { open: isBelieved ? open : Number.NaN, high: highs[at], low: lows[at], close, suspect };
    },
    liquidity: (symbol) => liquidityBefore(bars, symbol, index),
    lastClose: (symbol) => lastClose(symbol, index - 1),
    actions: [...lateActions(actions, book), ...sessionActions(actions, bars.sessions, index)],
    delistings: book.positions.flatMap(({ symbol }): Delisting[] => {
      const price = isSilent(symbol) ? delisting.recovery * lastClose(symbol, index) : Number.NaN;
      return price >= 0 ? [{ symbol, price, reason: delistingReason(delisting) }] : [];
    }),
  };
}

function delistingReason({ sessions, recovery }: DelistingRules): string {
  const at = recovery === 1 ? 'at its last close' : `at ${percent(recovery)} of its last close`;
  return `no bar for ${sessions} ${sessions === 1 ? 'session' : 'sessions'}: closed ${at}`;
}

/** Median traded value and deviation of daily returns up to the close before the session. */
function liquidityBefore(bars: Panel, symbol: string, index: number): Liquidity {
  if (!bars.hasSymbol(symbol)) return UNKNOWN_LIQUIDITY;
  const closes = bars.series('close', symbol).subarray(Math.max(0, index - VOLATILITY_SESSIONS - 1), index);
  const returns = new Float64Array(closes.length);
  let count = 0;
  for (let t = 1; t < closes.length; t++) {
    const move = closes[t] / closes[t - 1] - 1;
    if (!Number.isNaN(move)) returns[count++] = move;
  }
  return { dollarVolume: tradedBefore(bars, symbol, index), volatility: count < LIQUIDITY_SESSIONS ? Number.NaN : standardDeviation(returns.subarray(0, count)) };
}

function tradedBefore(bars: Panel, symbol: string, index: number): number {
  const memory = memoryOf(bars);
  if (memory.isReused && index > 0) return memory.medians('tradedValue', LIQUIDITY_SESSIONS)[(index - 1) * bars.symbols.length + bars.row(symbol)];
  return medianDollarVolume(bars.series('tradedValue', symbol).subarray(Math.max(0, index - LIQUIDITY_SESSIONS), index));
}

/** Actions that take effect at the open of the session: with an ex-date after the session before. */
function sessionActions(actions: ReadonlyMap<string, readonly DatedAction[]>, sessions: Int32Array, index: number): SessionAction[] {
  const [after, until] = [index > 0 ? sessions[index - 1] : sessions[index] - 1, sessions[index]];
  const calendar = calendarOf(actions);
  const found = calendar.slice(firstAfter(calendar, after), firstAfter(calendar, until));
  if (found.length > 0 && found[0].exDay !== found[found.length - 1].exDay) found.sort((a, b) => a.place - b.place);
  return found.map(({ symbol, exDay, kind, value }) => ({ symbol, exDay, kind, value }));
}

interface CalendarAction extends SessionAction {
  /** Of its instrument among all. */
  readonly place: number;
}

const CALENDARS = new WeakMap<ReadonlyMap<string, readonly DatedAction[]>, readonly CalendarAction[]>();

/** All actions by ex-date, those of a day in the order of their instruments; put together once for all sessions. */
function calendarOf(actions: ReadonlyMap<string, readonly DatedAction[]>): readonly CalendarAction[] {
  let calendar = CALENDARS.get(actions);
  if (calendar === undefined) {
    calendar = [...actions].flatMap(([symbol, list], place) => list.map((action) => ({ symbol, ...action, place }))).sort((a, b) => a.exDay - b.exDay);
    CALENDARS.set(actions, calendar);
  }
  return calendar;
}

/** Place of the first action with an ex-date after a day. */
function firstAfter(list: readonly Pick<DatedAction, 'exDay'>[], day: EpochDay): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].exDay <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Actions of what is held, with an ex-date since it was bought that the book has passed, which were not known then. A dividend that was due
 * before splits which the book has been through is per share of before them.
 */
function lateActions(actions: ReadonlyMap<string, readonly DatedAction[]>, { session, positions, appliedActions }: SessionMarketInput['book']): SessionAction[] {
  if (session === null) return [];
  const through = toEpochDay(session);
  const keyOf = (symbol: string, { kind, exDay }: Pick<DatedAction, 'kind' | 'exDay'>): string => `${symbol} ${kind} ${exDay}`;
  const applied = new Set(appliedActions.map((action) => keyOf(action.symbol, action)));
  return positions.flatMap(({ symbol, entrySession }) => {
    const own = actions.get(symbol) ?? [];
    const from = toEpochDay(entrySession);
    const late = own.filter((action) => action.exDay > from && action.exDay <= through && !applied.has(keyOf(symbol, action)));
    if (late.length === 0) return [];
    const past = own.filter((action) => applied.has(keyOf(symbol, action)));
    return late.map((action) => ({ symbol, ...action, value: action.kind === 'split' ? action.value : action.value / splitRatio(past, action.exDay, through) }));
  });
}
