import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { fixedClock, type Clock } from '../../../src/core/clock.js';
import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import { datasetSchema, type DatasetName } from '../../../src/data/datasets.js';
import { MISSING_DATE, type Batch, type BatchColumn } from '../../../src/data/provider.js';
import { rows } from '../../../src/data/store/duckdb.js';
import { Store } from '../../../src/data/store/store.js';
import type { DatasetWrite } from '../../../src/data/store/write-dataset.js';

/** Noon of 2018-02-08 in UTC: the last decided session is 2018-02-07. */
export const CLOCK: Clock = fixedClock(Date.UTC(2018, 1, 8, 12));

export type Row = Readonly<Record<string, string | number | null>>;

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function temporaryStore(): Promise<Store> {
  return Store.open(await temporaryFolder());
}

/** Rows as a batch; dates and times as text, null for missing, columns that no row has left out. */
export function batchOf(dataset: DatasetName, list: readonly Row[]): Batch {
  const columns: Record<string, BatchColumn> = {};
  for (const [name, { type }] of Object.entries(datasetSchema(dataset).fields)) {
    if (!list.some((row) => name in row)) continue;
    const values = list.map((row) => row[name] ?? null);
    if (type === 'text') columns[name] = values as (string | null)[];
    else if (type === 'date') columns[name] = Int32Array.from(values, (value) => (value === null ? MISSING_DATE : toEpochDay(isoDate(String(value)))));
    else columns[name] = Float64Array.from(values, (value) => (value === null ? Number.NaN : typeof value === 'string' ? Date.parse(value) : value));
  }
  return { rowCount: list.length, columns };
}

/** A write of rows; bars are split-adjusted unless said otherwise. */
export function write(dataset: DatasetName, list: readonly Row[], more: Partial<DatasetWrite> = {}): DatasetWrite {
  const provenance = { source: 'a test', licence: 'CC0-1.0', ...(dataset === 'bars' ? { priceBasis: 'split-adjusted' as const } : {}) };
  return { dataset, schema: datasetSchema(dataset), provider: 'test', provenance, mode: 'merge', batches: list.length === 0 ? [] : [batchOf(dataset, list)], ...more };
}

/** A plain bar. */
export function bar(symbol: string, session: string, close = 10): Row {
  return { symbol, session, open: close, high: close, low: close, close, volume: 100 };
}

/** What a dataset holds, dates as text, in the order of its key. */
export async function stored(store: Store, dataset: DatasetName, columns?: readonly string[]): Promise<Record<string, unknown>[]> {
  const { fields, key } = datasetSchema(dataset);
  const shown = (columns ?? Object.keys(fields)).map((name) => (fields[name].type === 'date' ? `cast("${name}" as varchar) as "${name}"` : `"${name}"`));
  return store.query((connection) => rows(connection, `select ${shown.join(', ')} from ${dataset} order by ${key.map((name) => `"${name}"`).join(', ')}`));
}

/** Symbol, session and close of all bars, as text. */
export async function storedBars(store: Store): Promise<string[]> {
  return (await stored(store, 'bars', ['symbol', 'session', 'close'])).map(({ symbol, session, close }) => `${String(symbol)} ${String(session)} ${String(close)}`);
}
