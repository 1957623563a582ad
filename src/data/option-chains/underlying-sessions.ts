import { join } from 'node:path';

import { isoDate, type IsoDate } from '../../core/dates.js';
import { datasetSchema } from '../datasets.js';
import { literal, parquetTable, rows, type Connection } from '../store/duckdb.js';
import type { PartitionEntry } from '../store/manifest.js';
import { requireSameDivision } from '../store/partitions.js';
import type { Store } from '../store/store.js';

/** A span of stored sessions; all of them when absent. */
export interface StoredSpan {
  /** First and last session, inclusive. */
  readonly start?: IsoDate;
  readonly end?: IsoDate;
  /** Only so many of them, the last ones. */
  readonly count?: number;
}

/** Sessions of the span with a chain of an underlying, ascending. Files of other sessions are not opened. */
export function underlyingSessions(store: Store, underlying: string, span: StoredSpan = {}): Promise<IsoDate[]> {
  return inSpan(store, span, (files, connection) => holding(connection, files, underlying));
}

/** The session with a chain of an underlying that is nearest to an end of the span; `null` without any. Near ones cost little: files are opened by growing numbers. */
export function nearestSession(store: Store, underlying: string, { from, ...span }: StoredSpan & { readonly from: 'start' | 'end' }): Promise<IsoDate | null> {
  return inSpan(store, span, async (files, connection) => {
    const ordered = from === 'start' ? files : files.toReversed();
    for (let at = 0, size = 1; at < ordered.length; at += size, size *= GROWTH) {
      const found = await holding(connection, ordered.slice(at, at + size), underlying);
      if (found.length > 0) return from === 'start' ? found[0] : found[found.length - 1];
    }
    return null;
  });
}

const GROWTH = 4;

/** Underlyings with a chain on some session of the span, ascending. */
export function underlyingNames(store: Store, span: StoredSpan = {}): Promise<string[]> {
  return inSpan(store, span, async (files, connection) => (files.length === 0 ? [] : (await rows(connection, `select distinct underlying from ${parquetTable(...files.map(({ path }) => path))} order by 1`)).map(({ underlying }) => String(underlying))));
}

async function inSpan<T>(store: Store, { start, end, count = Infinity }: StoredSpan, use: (files: readonly PartitionEntry[], connection: Connection) => Promise<T>): Promise<T> {
  return store.query((connection, { datasets }) => {
    const all = datasets['option_chains']?.partitions ?? [];
    requireSameDivision('option_chains', datasetSchema('option_chains'), all);
    const within = all.filter(({ key }) => (start === undefined || key >= start) && (end === undefined || key <= end)).sort((a, b) => (a.key < b.key ? -1 : 1));
    return use(within.slice(Math.max(0, within.length - count)).map((entry) => ({ ...entry, path: join(store.folder, entry.path) })), connection);
  });
}

async function holding(connection: Connection, files: readonly PartitionEntry[], underlying: string): Promise<IsoDate[]> {
  if (files.length === 0) return [];
  const found = await rows(connection, `select distinct strftime(session, '%Y-%m-%d') as day from ${parquetTable(...files.map(({ path }) => path))} where underlying = ${literal(underlying)} order by 1`);
  return found.map(({ day }) => isoDate(String(day)));
}
