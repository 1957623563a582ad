import { openFiles, toEpochDay, type IsoDate } from '../../dist/index.js';

/** Daily prices on one basis, each [symbol][session], NaN missing. */
export interface Market {
  readonly symbols: readonly string[];
  /** Epoch days, every one on which any of them has a bar. */
  readonly sessions: Int32Array;
  readonly open: readonly Float64Array[];
  readonly close: readonly Float64Array[];
}

/** Bars of a file, adjusted as it has them. */
export async function readMarket(path: string): Promise<Market> {
  const provider = await openFiles([{ path }]);
  const rows: { symbol: string; day: number; open: number; close: number }[] = [];
  for await (const { rowCount, columns } of provider.fetch('bars', {}, {})) {
    const [symbols, dates, opens, closes] = ['symbol', 'session', 'open', 'close'].map((name) => columns[name] as ArrayLike<unknown>);
    for (let i = 0; i < rowCount; i++) rows.push({ symbol: String(symbols[i]), day: dayOf(dates[i]), open: priceOf(opens[i]), close: priceOf(closes[i]) });
  }
  const symbols = [...new Set(rows.map(({ symbol }) => symbol))].sort();
  const sessions = Int32Array.from(new Set(rows.map(({ day }) => day))).sort();
  const [row, column] = [new Map(symbols.map((symbol, i) => [symbol, i])), new Map(Array.from(sessions, (day, t) => [day, t]))];
  const empty = (): Float64Array[] => symbols.map(() => new Float64Array(sessions.length).fill(Number.NaN));
  const [open, close] = [empty(), empty()];
  for (const each of rows) {
    const [i, t] = [row.get(each.symbol)!, column.get(each.day)!];
    open[i][t] = each.open;
    close[i][t] = each.close;
  }
  return { symbols, sessions, open, close };
}

const dayOf = (date: unknown): number => (typeof date === 'number' ? date : toEpochDay(date as IsoDate));

const priceOf = (price: unknown): number => (typeof price === 'number' && price > 0 ? price : Number.NaN);
