import { fromEpochDay } from '../../core/dates.js';
import { literal, parquetTable, withDuckDB } from '../../data/store/duckdb.js';
import { scatterPanel } from '../../data/store/scatter.js';
import type { Store } from '../../data/store/store.js';
import type { OptionsConfig } from '../../options/config.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { Panel } from '../../table/panel.js';
import { withSummaryFiles } from './summary-files.js';

export interface SummariesRequest {
  readonly symbols: readonly string[];
  /** Ascending epoch days. */
  readonly sessions: Int32Array;
  readonly columns: readonly SummaryColumn[];
  readonly settings: OptionsConfig;
}

/**
 * Figures of option chains [symbol, session], NaN where there is no chain; `null` when they are switched off or the store has none in the span.
 *
 * Each is known at the decision time of its session.
 */
export async function readSummaries(store: Store, { symbols, sessions, columns, settings }: SummariesRequest): Promise<Panel | null> {
  if (!settings.enabled || sessions.length === 0 || columns.length === 0) return null;
  const [start, end] = [fromEpochDay(sessions[0]), fromEpochDay(sessions[sessions.length - 1])];
  const days = new Set(sessions);
  return withSummaryFiles(store, { start, end, settings }, async (all) => {
    const files = all.filter(({ session }) => days.has(session));
    if (files.length === 0) return null;
    return withDuckDB(async (connection) => {
      await connection.run(`create temp table wanted_underlyings as select unnest([${symbols.map(literal).join(', ')}]::varchar[]) as underlying`);
      const from = `(select * from ${parquetTable(...files.map(({ path }) => path))} where underlying in (select underlying from wanted_underlyings))`;
      return scatterPanel(connection, { from, symbol: 'underlying', session: 'session', columns: Object.fromEntries(columns.map((name) => [name, `"${name}"`])) }, { symbols, sessions });
    });
  });
}
