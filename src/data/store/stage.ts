import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

import { fromEpochDay, type EpochDay } from '../../core/dates.js';
import { XNYS } from '../../core/calendar.js';
import { DataError, InvariantError } from '../../core/errors.js';
import type { DatasetSchema, FieldType } from '../datasets.js';
import { MISSING_DATE, type Batch, type BatchColumn } from '../provider.js';
import { rowChecks, SESSION_DATASETS, type RowCheck } from '../validate.js';
import { identifier, rows } from './duckdb.js';

/** Rows that an engine takes at a time. */
const CHUNK_ROWS = 2048;

const STAGED_TYPES: Readonly<Record<FieldType, string>> = { text: 'VARCHAR', number: 'DOUBLE', date: 'DATE', timestamp: 'DOUBLE', boolean: 'BOOLEAN' };

/** How a staged value becomes a stored one: missing numbers and dates become NULL. */
function storedForm(name: string, type: FieldType): string {
  const column = identifier(name);
  if (type === 'number') return `case when isnan(${column}) then null else ${column} end`;
  if (type === 'date') return `case when ${column} = date '1970-01-01' + (${MISSING_DATE}) then null else ${column} end`;
  if (type === 'timestamp') return `case when isnan(${column}) then null else make_timestamp(cast(round(${column} * 1000) as bigint)) end`;
  return column;
}

export interface Arriving {
  readonly dataset: string;
  readonly schema: DatasetSchema;
  readonly batches: AsyncIterable<Batch> | Iterable<Batch>;
}

export interface StageOptions {
  readonly signal?: AbortSignal;
  readonly onRows?: (count: number) => void;
}

/** Takes batches into the engine as table `staged`, in stored form; returns the number of rows. */
export async function stageBatches(connection: DuckDBConnection, { dataset, schema, batches }: Arriving, options: StageOptions = {}): Promise<number> {
  const fields = Object.entries(schema.fields);
  await connection.run(`create or replace temp table arriving (${fields.map(([name, field]) => `${identifier(name)} ${STAGED_TYPES[field.type]}`).join(', ')})`);
  const appender = await connection.createAppender('arriving');
  const chunk = await emptyChunk(fields.map(([, field]) => field.type));
  let count = 0;
  for await (const batch of batches) {
    options.signal?.throwIfAborted();
    appendBatch(appender, chunk, batch, { dataset, fields: fields.map(([name, field]) => ({ name, type: field.type })) });
    count += batch.rowCount;
    options.onRows?.(count);
  }
  appender.closeSync();
  await connection.run(`create or replace temp table staged as select ${fields.map(([name, field]) => `${storedForm(name, field.type)} as ${identifier(name)}`).join(', ')} from arriving`);
  await connection.run('drop table arriving');
  return count;
}

async function emptyChunk(types: readonly FieldType[]): Promise<DuckDBDataChunk> {
  const { DuckDBDataChunk, VARCHAR, DOUBLE, DATE, BOOLEAN } = await import('@duckdb/node-api');
  const byType = { text: VARCHAR, number: DOUBLE, date: DATE, timestamp: DOUBLE, boolean: BOOLEAN };
  return DuckDBDataChunk.create(types.map((type) => byType[type]), CHUNK_ROWS);
}

interface StagedField {
  readonly name: string;
  readonly type: FieldType;
}

function appendBatch(appender: DuckDBAppender, chunk: DuckDBDataChunk, batch: Batch, { dataset, fields }: { dataset: string; fields: readonly StagedField[] }): void {
  for (const [name, values] of Object.entries(batch.columns)) {
    if (!fields.some((field) => field.name === name)) throw new InvariantError(`expected only the columns ${fields.map((field) => field.name).join(', ')}, found "${name}" in a batch of "${dataset}"`);
    if (values.length !== batch.rowCount) throw new InvariantError(`expected ${batch.rowCount} values, found ${values.length} in column "${name}" of a batch of "${dataset}"`);
  }
  for (let from = 0; from < batch.rowCount; from += CHUNK_ROWS) {
    const size = Math.min(CHUNK_ROWS, batch.rowCount - from);
    chunk.reset();
    chunk.rowCount = size;
    fields.forEach(({ name, type }, index) => fillVector(chunk, index, type, { values: batch.columns[name], from, size }));
    appender.appendDataChunk(chunk);
  }
}

interface Slice {
  /** `undefined`: the batch does not have the column. */
  readonly values: BatchColumn | undefined;
  readonly from: number;
  readonly size: number;
}

function fillVector(chunk: DuckDBDataChunk, index: number, type: FieldType, { values, from, size }: Slice): void {
  if (type === 'text') {
    const texts = values === undefined ? new Array<null>(size).fill(null) : (values as readonly (string | null)[]).slice(from, from + size);
    chunk.setColumnValues(index, texts);
    return;
  }
  if (type === 'boolean') {
    chunk.setColumnValues(index, Array.from({ length: size }, (_, i) => (values === undefined ? null : (values as Uint8Array)[from + i] === 1)));
    return;
  }
  const vector = chunk.getColumnVector(index) as unknown as { items: Float64Array | Int32Array; flush(): void };
  if (values === undefined) vector.items.fill(type === 'date' ? MISSING_DATE : Number.NaN);
  else vector.items.set((values as Float64Array | Int32Array).subarray(from, from + size));
  vector.flush();
}

export interface CheckedRows {
  /** Rows set aside, by expectation. */
  readonly rejected: readonly { readonly expectation: string; readonly count: number; readonly first: string }[];
}

/** Finds staged rows that may not be stored; moves them to table `rejected` when `setAside`, else refuses them all. */
export async function checkStaged(connection: DuckDBConnection, dataset: string, schema: DatasetSchema, { today, closed = today, setAside }: { today: EpochDay; closed?: EpochDay; setAside: boolean }): Promise<CheckedRows> {
  if (SESSION_DATASETS.has(dataset)) await loadSessions(connection, closed);
  await connection.run('create or replace temp table rejected as select *, cast(null as varchar) as expectation from staged limit 0');
  const found: { expectation: string; count: number; first: string }[] = [];
  for (const check of rowChecks(dataset, schema, { today, closed })) {
    const failure = await runCheck(connection, check);
    if (!failure) continue;
    found.push(failure);
    if (!setAside) break;
    await connection.run(`insert into rejected select *, '${check.expectation.replaceAll("'", "''")}' from staged where ${check.bad}`);
    await connection.run(`delete from staged where ${check.bad}`);
  }
  if (found.length > 0 && !setAside) {
    const { expectation, count, first } = found[0];
    throw new DataError(`expected ${expectation}, found ${count} ${count === 1 ? 'row' : 'rows'} otherwise in "${dataset}", first: ${first}; nothing was stored (import with --set-aside to keep the good rows and put these into quarantine)`, { code: 'INVALID_ROWS', fields: { dataset, expectation, count } });
  }
  return { rejected: found };
}

async function loadSessions(connection: DuckDBConnection, today: EpochDay): Promise<void> {
  const days = XNYS.sessions(fromEpochDay(Math.min(today, 7305)), fromEpochDay(today));
  await connection.run(`create or replace temp table xnys_sessions as select cast(unnest(string_split('${days.join(' ')}', ' ')) as date) as session`);
}

async function runCheck(connection: DuckDBConnection, { expectation, bad, show }: RowCheck): Promise<{ expectation: string; count: number; first: string } | null> {
  const count = Number((await rows(connection, `select count(*) as n from staged where ${bad}`))[0]['n']);
  if (count === 0) return null;
  const columns = show.map((name) => `cast(${identifier(name)} as varchar) as ${identifier(name)}`).join(', ');
  const [first] = (await rows(connection, `select ${columns} from staged where ${bad} limit 1`)) as Record<string, string | null>[];
  return { expectation, count, first: Object.entries(first).map(([name, value]) => `${name}=${value ?? 'missing'}`).join(' ') };
}
