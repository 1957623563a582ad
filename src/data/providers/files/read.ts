import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

import { toEpochDay } from '../../../core/dates.js';
import { DataError } from '../../../core/errors.js';
import type { DatasetName } from '../../datasets.js';
import type { Batch, BatchColumn, DataRequest, FetchOptions } from '../../provider.js';
import { fileError, identifier, literal, openDuckDB, parquetTable, rows, streamChunks, withDuckDB } from '../../store/duckdb.js';
import { columnExpressions, inferDataset, INSTRUMENT_FIELDS, type ColumnExpression, type FileColumns } from './columns.js';
import { scanCsv } from './csv.js';
import { shapeOf, type FileShape } from './shapes/registry.js';

const CHUNKS_PER_BATCH = 16;
const MS_PER_DAY = 86_400_000;

/** SQL that scans a Parquet or CSV file; CSV columns stay text so that each is converted, and refused, by the schema. */
async function scan(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new DataError(`expected a Parquet or CSV file, found ${found ? 'a folder' : 'nothing'} at "${path}"`, { code: 'NO_FILE', fields: { path } });
  if (found.size === 0) throw new DataError(`expected a Parquet or CSV file, found an empty one at "${path}"`, { code: 'EMPTY_FILE', fields: { path } });
  if (path.endsWith('.gz')) await requireWholeGzip(path);
  const kind = extname(path.replace(/\.gz$/, '')).toLowerCase();
  if (kind === '.parquet') return parquetTable(path);
  if (kind === '.csv') return scanCsv(path);
  throw new DataError(`expected a file that ends in .parquet, .csv or .csv.gz, found "${path}"`, { code: 'UNKNOWN_FORMAT', fields: { path } });
}

/** The engine takes a compressed file that was cut off for a shorter one. */
async function requireWholeGzip(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(path), createGunzip(), nowhere).catch((error: unknown) => {
    throw fileError(path, 'a complete gzip file', error);
  });
}

async function fileColumns(connection: DuckDBConnection, table: string, path: string): Promise<FileColumns> {
  try {
    const described = await rows(connection, `describe select * from ${table}`);
    return new Map(described.map((row) => [String(row['column_name']).toLowerCase(), String(row['column_name'])]));
  } catch (error) {
    throw fileError(path, 'a readable table', error);
  }
}

/** The dataset that a file holds, judged by its columns. */
export async function datasetOfFile(path: string): Promise<DatasetName> {
  const table = await scan(path);
  return withDuckDB(async (connection) => {
    const columns = await fileColumns(connection, table, path);
    return shapeOf(columns)?.dataset ?? inferDataset(columns, path);
  });
}

/** What reading a file of a known shape leaves out, counted; nothing for other files. */
export async function shapeNotes(path: string, dataset: DatasetName): Promise<string[]> {
  const table = await scan(path);
  return withDuckDB(async (connection) => {
    const columns = await fileColumns(connection, table, path);
    const shape = shapeFor(dataset, columns);
    if (shape === null) return [];
    const counted = shape.leftOut.map(async ({ describe, count }): Promise<string[]> => {
      const [{ n }] = await rows(connection, count(table));
      return Number(n) === 0 ? [] : [`${String(n)} ${describe}`];
    });
    return [`read as ${shape.name}: ${shape.describe}`, ...(await Promise.all(counted)).flat()];
  });
}

/** The shape by which a file is read as a dataset; a file in the schema's own columns has none. */
function shapeFor(dataset: DatasetName, columns: FileColumns): FileShape | null {
  const shape = shapeOf(columns);
  return shape?.dataset === dataset ? shape : null;
}

/**
 * The rows of a file as batches of a dataset.
 * @throws DataError naming file, column, row and value when something does not fit the schema
 */
export async function* readFile(path: string, dataset: DatasetName, request: DataRequest, options: FetchOptions = {}): AsyncGenerator<Batch> {
  options.signal?.throwIfAborted();
  const scanned = await scan(path);
  const { connection, close } = await openDuckDB();
  try {
    const shape = shapeFor(dataset, await fileColumns(connection, scanned, path));
    const table = shape === null ? scanned : `(${shape.longRows(scanned)})`;
    const expressions = columnExpressions(dataset, await fileColumns(connection, table, path), path);
    const sql = `select ${expressions.map((e) => `${e.expression} as ${identifier(e.field)}`).join(', ')} from ${table}`;
    const filtered = `select * from (${sql})${filterClause(expressions, request)}`;
    try {
      yield* streamBatches(connection, filtered, expressions, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw (await locateBadValue(connection, table, expressions, path)) ?? fileError(path, `rows of "${dataset}"`, error);
    }
  } finally {
    close();
  }
}

/** Fields by which a row belongs to a day; a dataset with none of them is delivered whole, whatever the span. */
const DAY_FIELDS = ['session', 'observation_date', 'ex_date', 'report_date', 'filed_at', 'first_seen_at'];

/** Keeps what was asked for; dates stand as epoch days and instants as milliseconds by now. */
function filterClause(expressions: readonly ColumnExpression[], { symbols, start, end, series }: DataRequest): string {
  const instrument = expressions.find(({ field }) => INSTRUMENT_FIELDS.has(field));
  const dated = DAY_FIELDS.flatMap((name) => expressions.find(({ field }) => field === name) ?? [])[0];
  const day = dated && (dated.spec.type === 'timestamp' ? `floor(${dated.field} / ${MS_PER_DAY})` : dated.field);
  const hasSeries = expressions.some(({ field }) => field === 'series_id');
  const among = (field: string, values: readonly string[]): string => (values.length === 0 ? 'false' : `${field} in (${values.map(literal).join(', ')})`);
  const conditions = [
    symbols && instrument && among(instrument.field, symbols),
    series && hasSeries && among('series_id', series),
    start && day && `${day} >= ${toEpochDay(start)}`,
    end && day && `${day} <= ${toEpochDay(end)}`,
  ].filter((condition) => typeof condition === 'string');
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}

async function* streamBatches(connection: DuckDBConnection, sql: string, expressions: readonly ColumnExpression[], { signal }: FetchOptions): AsyncGenerator<Batch> {
  let chunks: DuckDBDataChunk[] = [];
  for await (const chunk of streamChunks(connection, sql)) {
    signal?.throwIfAborted();
    chunks.push(chunk);
    if (chunks.length < CHUNKS_PER_BATCH) continue;
    yield toBatch(chunks, expressions);
    chunks = [];
    signal?.throwIfAborted();
  }
  if (chunks.length > 0) yield toBatch(chunks, expressions);
}

function toBatch(chunks: readonly DuckDBDataChunk[], expressions: readonly ColumnExpression[]): Batch {
  const rowCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const columns = expressions.map((e, column) => {
    const pieces = chunks.map((chunk) => (e.spec.type === 'text' ? (chunk.getColumnValues(column) as (string | null)[]) : (chunk.getColumnVector(column) as unknown as { items: Float64Array | Int32Array | Uint8Array }).items));
    return [e.field, joinPieces(e, pieces, rowCount)] as const;
  });
  return { rowCount, columns: Object.fromEntries(columns) };
}

function joinPieces({ spec }: ColumnExpression, pieces: readonly BatchColumn[], rowCount: number): BatchColumn {
  if (spec.type === 'text') return (pieces as (string | null)[][]).flat();
  const joined = spec.type === 'date' ? new Int32Array(rowCount) : spec.type === 'boolean' ? new Uint8Array(rowCount) : new Float64Array(rowCount);
  let offset = 0;
  for (const piece of pieces as (Float64Array | Int32Array | Uint8Array)[]) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

/** After a failed conversion: which column, which row, which value. */
async function locateBadValue(connection: DuckDBConnection, table: string, expressions: readonly ColumnExpression[], path: string): Promise<DataError | null> {
  for (const { field, source, sqlType, spec } of expressions) {
    if (spec.type === 'text') continue;
    const sql = `select row, value from (select row_number() over () as row, cast(${source} as varchar) as value, ${source} as original from ${table}) where original is not null and try_cast(original as ${sqlType}) is null limit 1`;
    const found = await rows(connection, sql).catch(() => []);
    if (found.length === 0) continue;
    const { row, value } = found[0];
    return new DataError(`expected a ${spec.type} in column "${field}", found "${String(value)}" in row ${String(row)} of "${path}"`, { code: 'BAD_VALUE', fields: { path, field, row, value } });
  }
  return null;
}
