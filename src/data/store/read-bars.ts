import { XNYS } from '../../core/calendar.js';
import { isoDate, toEpochDay, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import type { Panel } from '../../table/panel.js';
import { fileError, literal, parquetTable, withDuckDB } from './duckdb.js';
import { readAxes, scatterPanel, type LongTable } from './scatter.js';
import { requireDataset, type Store } from './store.js';

export interface BarsRequest {
  /** Instruments; all when absent. One without bars is an error unless `allowMissing`. */
  readonly symbols?: readonly string[];
  /** First and last session, inclusive; the store's span when absent. */
  readonly start?: IsoDate;
  readonly end?: IsoDate;
  readonly allowMissing?: boolean;
}

const BAR_COLUMNS = { open: 'open', high: 'high', low: 'low', close: 'close', volume: 'volume', adjusted_close: 'adjusted_close' } as const;

/**
 * Stored bars as they were delivered: open, high, low, close, volume, adjusted_close on the basis of their source.
 *
 * The axis holds every XNYS session of the span, so that missing bars show as NaN.
 * @throws DataError when an instrument, or the span, has no bars (unless `allowMissing`), or the span no session
 */
export async function readBars(store: Store, request: BarsRequest = {}): Promise<Panel> {
  return store.query(async (connection, manifest) => {
    const entry = requireDataset(manifest, 'bars', store.folder);
    const start = request.start ?? isoDate(entry.firstDate!);
    const end = request.end ?? isoDate(entry.lastDate!);
    const sessions = XNYS.sessionDays(toEpochDay(start), toEpochDay(end));
    if (sessions.length === 0) throw new DataError(`expected sessions between ${start} and ${end}, found none; the store has bars from ${entry.firstDate} to ${entry.lastDate}`, { code: 'NO_SESSION', fields: { start, end } });
    const within = `session between ${literal(start)} and ${literal(end)}`;
    const among = request.symbols === undefined ? '' : ` and symbol in (${request.symbols.map(literal).join(', ') || 'null'})`;
    const table: LongTable = { from: `(select * from bars where ${within}${among})`, symbol: 'symbol', session: 'session', columns: BAR_COLUMNS };
    const { symbols } = await readAxes(connection, table);
    const missing = (request.symbols ?? []).filter((symbol) => !symbols.includes(symbol));
    if (missing.length > 0 && !request.allowMissing) {
      throw new DataError(`expected bars between ${start} and ${end} for every instrument asked for, found none for ${missing.slice(0, 10).map((symbol) => `"${symbol}"`).join(', ')}`, { code: 'UNKNOWN_SYMBOL', fields: { missing } });
    }
    if (symbols.length === 0 && !request.allowMissing) throw new DataError(`expected bars between ${start} and ${end}, found none; the store has bars from ${entry.firstDate} to ${entry.lastDate}`, { code: 'NO_BARS', fields: { start, end } });
    return scatterPanel(connection, table, { symbols, sessions });
  });
}

/**
 * A Parquet file of daily rows (columns ticker or symbol, date or session, prices) as a panel, without a store.
 * The axes are what the file holds.
 */
export async function panelFromParquet(path: string, options: { threads?: number; symbol?: string; session?: string; columns?: readonly string[] } = {}): Promise<Panel> {
  const columns = options.columns ?? ['open', 'high', 'low', 'close', 'adj_close', 'volume'];
  const table: LongTable = { from: parquetTable(path), symbol: options.symbol ?? 'ticker', session: options.session ?? 'date', columns: Object.fromEntries(columns.map((name) => [name, `"${name}"`])) };
  return withDuckDB(
    async (connection) => {
      try {
        return await scatterPanel(connection, table, await readAxes(connection, table));
      } catch (error) {
        throw fileError(path, 'daily rows of instruments', error);
      }
    },
    { threads: options.threads ?? 2, memoryLimit: '2GB' },
  );
}
