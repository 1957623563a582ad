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
  const factors = factorsOf(prices, trade.entrySession, from, to);
  const lows = [sold ?? Number.NaN, ...Array.from({ length: Math.max(0, exit - entry) }, (_, i) => prices.low[entry + i] * factors[entry + i - from])].filter(Number.isFinite);
  const worst = bought === null || lows.length === 0 ? null : Math.min(0, lows.reduce((a, b) => Math.min(a, b)) / bought - 1);
  return { worst, candles: candlesOf(prices, factors, from, to) };
}

function candlesOf(prices: TradePrices, factors: readonly number[], from: number, to: number): TradeCandles {
  const stride = Math.ceil((to - from) / MOST_CANDLES);
  const starts = Array.from({ length: Math.ceil((to - from) / stride) }, (_, i) => from + i * stride);
  const within = (column: ArrayLike<number>, start: number): number[] => Array.from({ length: Math.min(stride, to - start) }, (_, i) => column[start + i] * factors[start + i - from]).filter(Number.isFinite);
  const pick = (column: ArrayLike<number>, choose: (values: readonly number[]) => number | undefined): number[] => starts.map((start) => choose(within(column, start)) ?? Number.NaN);
  return {
    days: starts.map((start) => prices.sessions[start]),
    open: pick(prices.open, ([first]) => first), close: pick(prices.close, (values) => values.at(-1)),
    high: pick(prices.high, (values) => (values.length > 0 ? Math.max(...values) : undefined)), low: pick(prices.low, (values) => (values.length > 0 ? Math.min(...values) : undefined)),
  };
}

/** What a price of each session is to be multiplied with, so that it is of shares as they were at the entry. */
function factorsOf(prices: TradePrices, entry: IsoDate, from: number, to: number): number[] {
  const splits = prices.splits.map(({ session, ratio }) => ({ day: toEpochDay(session), ratio }));
  const start = toEpochDay(entry);
  return Array.from({ length: to - from }, (_, i) => {
    const day = prices.sessions[from + i];
    const after = splits.filter((split) => split.day > start && split.day <= day).reduce((factor, { ratio }) => factor * ratio, 1);
    return splits.filter((split) => split.day > day && split.day <= start).reduce((factor, { ratio }) => factor / ratio, after);
  });
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
