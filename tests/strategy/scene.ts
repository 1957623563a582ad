import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import type { Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { MarketView, type Forecast } from '../../src/strategy/view.js';
import { Panel } from '../../src/table/panel.js';

/** What an evening knows about a name; the rest is ordinary. */
export interface Name {
  readonly momentum?: number;
  readonly volatility?: number;
  readonly range?: number;
  /** Close of the session; NaN for no bar. Sessions before stand at 100. */
  readonly close?: number;
  readonly dollarVolume?: number;
  readonly suspect?: boolean;
  readonly eligible?: boolean;
  /** Further features of the session, by name. */
  readonly features?: Readonly<Record<string, number>>;
}

const WIDTH = 40;
const DAYS = XNYS.sessionDays(toEpochDay(isoDate('2017-10-02')), toEpochDay(isoDate('2018-03-01'))).slice(0, WIDTH);
const LAST = WIDTH - 1;

/** Session that lies `ago` sessions before the last of the scene, after it when negative. */
export const sessionAgo = (ago: number): IsoDate => XNYS.shift(fromEpochDay(DAYS[LAST]), -ago);

/** A view of one evening in which each name is as described. */
export function scene(names: Readonly<Record<string, Name>>, forecasts: ReadonlyMap<string, Forecast> = new Map()): MarketView {
  const symbols = Object.keys(names);
  const column = (last: (name: Name) => number, before: (name: Name) => number): Float64Array =>
    Float64Array.from(symbols.flatMap((symbol) => [...Array.from({ length: LAST }, () => before(names[symbol])), last(names[symbol])]));
  const close = column((name) => name.close ?? 100, () => 100);
  const tradedValue = column((name) => name.dollarVolume ?? 1e8, (name) => name.dollarVolume ?? 1e8);
  const suspect = column((name) => (name.suspect ? 1 : 0), () => 0);
  const bars = new Panel({ symbols, sessions: DAYS, columns: { open: close, high: close, low: close, close, volume: close, quotedOpen: close, quotedHigh: close, quotedLow: close, quotedClose: close, tradedValue, suspect, segment: column(() => 0, () => 0) } });
  const feature = (last: (name: Name) => number): Float32Array => Float32Array.from(column(last, () => Number.NaN));
  const further = [...new Set(symbols.flatMap((symbol) => Object.keys(names[symbol].features ?? {})))];
  const features = new Panel({
    symbols,
    sessions: DAYS,
    columns: { 'momentum-12-1': feature((name) => name.momentum ?? 0.1), 'realized-volatility-63': feature((name) => name.volatility ?? 0.3), 'average-true-range-14': feature((name) => name.range ?? 0.02), ...Object.fromEntries(further.map((one) => [one, feature((name) => name.features?.[one] ?? Number.NaN)])) },
  });
  const eligible = symbols.filter((symbol) => names[symbol].eligible ?? (!Number.isNaN(names[symbol].close) && !names[symbol].suspect));
  return new MarketView({ index: LAST, bars, features, eligible, forecasts });
}

/** Shares bought at 100 at the open `ago` sessions back, with levels far away. */
export function held(symbol: string, { ago = 4, ...changes }: Partial<Position> & { ago?: number } = {}): Position {
  return { symbol, shares: 100, entrySession: sessionAgo(ago), entryPrice: 100, cost: toCents(10_000), high: 100, stop: 50, target: 200, horizon: 10, trailing: null, ...changes };
}

/** Names `S01`, `S02`, … with momentum falling from 0.99 on. */
export const ladder = (count: number): Record<string, Name> => Object.fromEntries(Array.from({ length: count }, (_, i) => [`S${String(i + 1).padStart(2, '0')}`, { momentum: 0.99 - 0.01 * i }]));
