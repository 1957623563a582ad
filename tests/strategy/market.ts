import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { averageTrueRange } from '../../src/features/volatility/average-true-range.js';
import { momentum121 } from '../../src/features/momentum/momentum-12-1.js';
import { realizedVolatility } from '../../src/features/volatility/realized-volatility.js';
import type { Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { BookView } from '../../src/strategy/strategy.js';
import { MarketView, type Forecast } from '../../src/strategy/view.js';
import { Panel } from '../../src/table/panel.js';
import { BAR_NAMES, cleanBars } from '../features/bars.js';

/** What the strategies under test read. */
export const DECISION_FEATURES = [momentum121, realizedVolatility(63), averageTrueRange(14)];

export interface MadeMarket {
  readonly bars: Panel;
  readonly features: Panel;
}

export interface MarketOptions {
  readonly symbols?: number;
  readonly sessions?: number;
  readonly seed?: number;
  /** Leaves out bars, and marks a few as suspect, at random-looking places. */
  readonly faults?: boolean;
}

const FIRST = toEpochDay(isoDate('2015-01-02'));

/** Real XNYS sessions of a made-up market in the columns of the daily run: random walks, instrument `S00`, `S01`, … */
export function makeMarket({ symbols = 30, sessions = 330, seed = 1, faults = false }: MarketOptions = {}): MadeMarket {
  const names = Array.from({ length: symbols }, (_, row) => `S${String(row).padStart(2, '0')}`);
  const days = XNYS.sessionDays(FIRST, FIRST + 3 * sessions).slice(0, sessions);
  const columns = Object.fromEntries([...BAR_NAMES, 'segment', 'suspect'].map((name) => [name, new Float64Array(symbols * sessions)]));
  names.forEach((_, row) => {
    const bars = cleanBars(sessions, 1000 * seed + row);
    for (const name of BAR_NAMES) columns[name].set(bars[name], row * sessions);
    if (faults) spoil(columns, row, sessions);
  });
  const bars = new Panel({ symbols: names, sessions: days, columns: { ...columns, ...quotedOf(columns), tradedValue: columns['close'].map((value, i) => 2 * value * columns['volume'][i]) } });
  return { bars, features: computeFeatures({ bars }, DECISION_FEATURES) };
}

/** Quoted prices are twice those that are comparable over time, so that nobody takes one for the other. */
function quotedOf({ open, high, low, close }: Record<string, Float64Array>): Record<string, Float64Array> {
  const twice = (values: Float64Array): Float64Array => values.map((value) => 2 * value);
  return { quotedOpen: twice(open), quotedHigh: twice(high), quotedLow: twice(low), quotedClose: twice(close) };
}

function spoil(columns: Record<string, Float64Array>, row: number, sessions: number): void {
  for (let t = 0; t < sessions; t++) {
    const at = row * sessions + t;
    if ((t * 31 + row * 17) % 41 === 0) for (const name of BAR_NAMES) columns[name][at] = Number.NaN;
    if ((t * 13 + row * 29) % 97 === 0) columns['suspect'][at] = 1;
    if (row % 9 === 4 && t > sessions / 3) columns['segment'][at] = 1;
  }
}

export const sessionAt = ({ bars }: MadeMarket, index: number): IsoDate => fromEpochDay(bars.sessions[index]);

/** Forecasts that say something different about each instrument and nothing about some. */
export function forecastsFor({ bars }: MadeMarket, index: number): ReadonlyMap<string, Forecast> {
  return new Map(bars.symbols.filter((_, row) => row % 7 !== 6).map((symbol, row) => [symbol, { model: 'made up', score: row, expectedReturn: 0.001 * row, edge: 0.0005 * row, interval: [-0.05, 0.06 + 0.001 * (index % 5)] as const, coverage: 0.8, horizon: 5, drivers: [{ feature: 'return-5', value: -0.01 * row, rank: 0.5, contribution: 0.2, share: 0.4 }], rest: 0.1 }]));
}

/** Instruments with a bar that is not suspect, as the daily run chooses them. */
export function eligibleAt({ bars }: MadeMarket, index: number): string[] {
  return bars.symbols.filter((symbol) => bars.series('close', symbol)[index] > 0 && bars.series('suspect', symbol)[index] !== 1);
}

export function viewAt(market: MadeMarket, index: number, changes: { eligible?: readonly string[]; forecasts?: ReadonlyMap<string, Forecast> } = {}): MarketView {
  return new MarketView({ index, ...market, eligible: eligibleAt(market, index), forecasts: forecastsFor(market, index), ...changes });
}

/** The same market with nothing after a session, as if it had been made that evening. */
export function until(market: MadeMarket, index: number): MadeMarket {
  const session = sessionAt(market, index);
  return { bars: market.bars.until(session), features: market.features.until(session) };
}

/** A position that was entered `sessions` ago, with wide levels unless told otherwise. */
export function positionOf(market: MadeMarket, index: number, symbol: string, changes: Partial<Position> & { age?: number } = {}): Position {
  const { age = 2, ...given } = changes;
  const entryPrice = viewAt(market, index).lastClose(symbol);
  return { symbol, shares: 10, entrySession: sessionAt(market, index - age), entryPrice, cost: toCents(10 * entryPrice), high: entryPrice, stop: 0.5 * entryPrice, target: 2 * entryPrice, horizon: 10, trailing: null, ...given };
}

export const emptyBook = (equity = 1_000_000): BookView => ({ equity, cash: equity, highestEquity: equity, positions: [], recentStops: [] });

/** A book whose cash makes up the equity beside its positions. */
export function bookOf(view: MarketView, positions: readonly Position[], equity = 1_000_000): BookView {
  return { equity, cash: equity - positions.reduce((sum, { symbol, shares }) => sum + shares * view.lastClose(symbol), 0), highestEquity: equity, positions, recentStops: [] };
}
