import { toEpochDay, type EpochDay, type IsoDate } from '../../../core/dates.js';
import type { Fill } from '../../../portfolio/book.js';
import type { RoundTrip } from '../../../portfolio/round-trips.js';
import type { TradePrices } from '../report-input.js';
import type { Candles } from './packed-candles.js';

/** Sessions drawn before the entry and after the exit. */
const BEFORE = 15;
const AFTER = 8;
/** Candles of a chart at most; of longer trades each candle is of several sessions. */
const MOST_CANDLES = 120;

/** A fill as a mark in the chart. */
export interface TradeMark {
  readonly day: EpochDay;
  readonly side: 'buy' | 'sell';
  /** Quote currency a share, in shares of the entry. */
  readonly price: number;
  /** In shares of the entry. */
  readonly shares: number;
}

/** Prices around a trade, in shares of the entry. */
export interface TradeCandles extends Candles {
  /** First session of each candle. */
  readonly days: readonly EpochDay[];
}

/** A trade as it is shown. */
export interface TradeView {
  readonly trade: RoundTrip;
  readonly marks: readonly TradeMark[];
  /** Means by shares; `null` where its fills are not known. */
  readonly bought: number | null;
  readonly sold: number | null;
  /** Lowest price while it was held (of the session of the exit only what it was sold at) ÷ price paid − 1, 0 at most; `null` without prices. */
  readonly worst: number | null;
  readonly candles: TradeCandles | null;
  /** What splits during the trade made of one share; 1 without any. */
  readonly ratio: number;
}

/** What is shown of a trade. Prices are those of the shares that were bought: later ones are restated for splits. */
export function tradeView(trade: RoundTrip, fills: readonly Fill[], prices: TradePrices | null): TradeView {
  const ratioAt = (session: IsoDate): number => ratioBetween(prices, trade.entrySession, session);
  const marks = fills.filter(({ reason }) => reason !== 'split-cash').map(({ session, side, price, shares }): TradeMark => ({ day: toEpochDay(session), side, price: price * ratioAt(session), shares: shares / ratioAt(session) }));
  const [bought, sold] = [meanPrice(marks, 'buy'), meanPrice(marks, 'sell')];
  return { trade, marks, bought, sold, ...pricesAround(trade, prices, { bought, sold }), ratio: ratioAt(trade.exitSession) };
}

function pricesAround(trade: RoundTrip, prices: TradePrices | null, { bought, sold }: Pick<TradeView, 'bought' | 'sold'>): Pick<TradeView, 'worst' | 'candles'> {
  if (prices === null) return { worst: null, candles: null };
  const [entry, exit] = [position(prices.sessions, toEpochDay(trade.entrySession)), position(prices.sessions, toEpochDay(trade.exitSession))];
  const [from, to] = [Math.max(0, entry - BEFORE), Math.min(prices.sessions.length, exit + AFTER + 1)];
  if (from >= to) return { worst: null, candles: null };
  const each = restated(prices, trade.entrySession, from, to);
  return { worst: bought === null ? null : worstOf(bought, [sold ?? Number.NaN, ...each.low.slice(entry - from, exit - from)]), candles: grouped(each) };
}

function worstOf(bought: number, lows: readonly number[]): number | null {
  const lowest = lows.reduce((a, b) => (b < a ? b : a), Infinity);
  return lowest === Infinity ? null : Math.min(0, lowest / bought - 1);
}

/** Prices of sessions `from` to `to` in shares as they were at the entry. */
function restated(prices: TradePrices, entry: IsoDate, from: number, to: number): TradeCandles {
  const days = Array.from(prices.sessions.subarray(from, to));
  const splits = prices.splits.map(({ session, ratio }) => ({ day: toEpochDay(session), ratio }));
  const factors = splits.length === 0 ? null : days.map((day) => factorOf(splits, toEpochDay(entry), day));
  const column = (values: ArrayLike<number>): number[] => days.map((_, i) => values[from + i] * (factors?.[i] ?? 1));
  return { days, open: column(prices.open), high: column(prices.high), low: column(prices.low), close: column(prices.close) };
}

/** What a price of a day is to be multiplied with, so that it is of shares as they were at the entry. */
function factorOf(splits: readonly { readonly day: EpochDay; readonly ratio: number }[], entry: EpochDay, day: EpochDay): number {
  return splits.reduce((factor, split) => (split.day > entry && split.day <= day ? factor * split.ratio : split.day > day && split.day <= entry ? factor / split.ratio : factor), 1);
}

/** Candles of several sessions each where there are too many to tell apart. */
function grouped(each: TradeCandles): TradeCandles {
  const stride = Math.ceil(each.days.length / MOST_CANDLES);
  if (stride === 1) return each;
  const starts = each.days.map((_, i) => i).filter((i) => i % stride === 0);
  const pick = (column: readonly number[], choose: (values: readonly number[]) => number | undefined): number[] => starts.map((start) => choose(column.slice(start, start + stride).filter(Number.isFinite)) ?? Number.NaN);
  return {
    days: starts.map((start) => each.days[start]), open: pick(each.open, ([first]) => first), close: pick(each.close, (values) => values.at(-1)),
    high: pick(each.high, (values) => (values.length > 0 ? Math.max(...values) : undefined)), low: pick(each.low, (values) => (values.length > 0 ? Math.min(...values) : undefined)),
  };
}

/** New shares for one of the entry. */
function ratioBetween(prices: TradePrices | null, entry: IsoDate, session: IsoDate): number {
  return (prices?.splits ?? []).filter((split) => split.session > entry && split.session <= session).reduce((product, { ratio }) => product * ratio, 1);
}

function meanPrice(marks: readonly TradeMark[], side: TradeMark['side']): number | null {
  const own = marks.filter((mark) => mark.side === side);
  const shares = own.reduce((sum, mark) => sum + mark.shares, 0);
  return shares > 0 ? own.reduce((sum, mark) => sum + mark.price * mark.shares, 0) / shares : null;
}

/** Position of the first session not before the day. */
function position(sessions: Int32Array, day: EpochDay): number {
  let [low, high] = [0, sessions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sessions[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
