import { createRng } from '../../../src/core/rng.js';
import { BAR_COLUMNS, type BarColumn } from '../../../src/data/quality/series.js';
import { Panel } from '../../../src/table/panel.js';

export type Columns = Record<BarColumn, Float64Array>;

export interface Market {
  readonly symbols: readonly string[];
  readonly sessions: Int32Array;
  /** [symbol, session]; plant faults here. */
  readonly columns: Columns;
}

/** First session of every made market: 2020-01-01; sessions are consecutive days. */
export const FIRST_DAY = 18_262;

/** Ordinary bars without any fault: daily moves of about 1 %, ranges that touch, volumes within a factor of two. */
export function quietMarket(options: { symbols?: number; sessions?: number; seed?: number } = {}): Market {
  const { symbols = 1, sessions = 120, seed = 1 } = options;
  const columns = Object.fromEntries(BAR_COLUMNS.map((name) => [name, new Float64Array(symbols * sessions)])) as Columns;
  for (let row = 0; row < symbols; row++) {
    const rng = createRng(seed).fork(`symbol ${row}`);
    let close = 50 + 50 * rng.float();
    for (let cell = row * sessions; cell < (row + 1) * sessions; cell++) {
      const open = close * Math.exp(0.004 * (2 * rng.float() - 1));
      close = open * Math.exp(0.018 * (2 * rng.float() - 1));
      columns.open[cell] = open;
      columns.close[cell] = close;
      columns.high[cell] = Math.max(open, close) * (1 + 0.006 * rng.float());
      columns.low[cell] = Math.min(open, close) * (1 - 0.006 * rng.float());
      columns.volume[cell] = 1e6 * (0.7 + 0.7 * rng.float());
    }
  }
  return { symbols: Array.from({ length: symbols }, (_, row) => `S${row}`), sessions: Int32Array.from({ length: sessions }, (_, t) => FIRST_DAY + t), columns };
}

export function panelOf({ symbols, sessions, columns }: Market): Panel {
  return new Panel({ symbols, sessions, columns: Object.fromEntries(BAR_COLUMNS.map((name) => [name, columns[name].slice()])) });
}

/** Multiplies open, high, low and close of the sessions from `from` up to, not including, `to`. */
export function scale(market: Market, factor: number, at: { row?: number; from: number; to?: number }): void {
  const start = (at.row ?? 0) * market.sessions.length;
  const end = start + (at.to ?? market.sessions.length);
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    for (let cell = start + at.from; cell < end; cell++) market.columns[name][cell] *= factor;
  }
}

/** Removes bars of the sessions from `from` up to, not including, `to`. */
export function remove(market: Market, at: { row?: number; from: number; to: number }): void {
  const start = (at.row ?? 0) * market.sessions.length;
  for (const name of BAR_COLUMNS) market.columns[name].fill(Number.NaN, start + at.from, start + at.to);
}
