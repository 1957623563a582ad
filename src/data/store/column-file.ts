import type { DuckDBConnection } from '@duckdb/node-api';

import { replaceFile, temporaryName } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import { identifier, literal, parquetTable, resourceFailure } from './duckdb.js';

/** A column of a file: numbers, epoch days, or words by their positions in a list (−1 is none). */
export type FileColumn =
  | { readonly kind: 'integer' | 'date'; readonly values: Int32Array }
  | { readonly kind: 'double'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly values: Int32Array; readonly words: readonly string[] };

/** Rows that the engine takes at a time. */
const CHUNK = 2048;
const SQL_TYPES = { integer: 'integer', date: 'date', double: 'double', text: 'integer' } as const;

/**
 * Writes columns of the same length as a Parquet file, atomically.
 * @throws DataError `WRITE_FAILED` when the disk or the memory is at its end
 */
export async function writeColumnFile(connection: DuckDBConnection, path: string, columns: Readonly<Record<string, FileColumn>>): Promise<void> {
  const temporary = temporaryName(path);
  const all = Object.entries(columns);
  try {
    await connection.run(`create or replace temp table columns_to_write (${all.map(([name, { kind }]) => `${identifier(name)} ${SQL_TYPES[kind]}`).join(', ')})`);
    await append(connection, all.map(([, column]) => column));
    const selected = all.map(([name, column]) => (column.kind === 'text' ? `([${column.words.map(literal).join(', ')}]::varchar[])[nullif(${identifier(name)}, -1) + 1] as ${identifier(name)}` : identifier(name)));
    await connection.run(`copy (select ${selected.join(', ')} from columns_to_write) to ${literal(temporary)} (format parquet, compression zstd)`);
    await replaceFile(temporary, path);
  } catch (error) {
    const said = resourceFailure(error);
    throw said === null ? error : new DataError(`expected room and memory to write "${path}", but it failed: ${said}`, { code: 'WRITE_FAILED', fields: { path }, cause: error });
  }
}

async function append(connection: DuckDBConnection, columns: readonly FileColumn[]): Promise<void> {
  const { DATE, DOUBLE, DuckDBDataChunk, INTEGER } = await import('@duckdb/node-api');
  const types = { integer: INTEGER, date: DATE, double: DOUBLE, text: INTEGER } as const;
  const length = columns[0]?.values.length ?? 0;
  const appender = await connection.createAppender('columns_to_write');
  const chunk = DuckDBDataChunk.create(columns.map(({ kind }) => types[kind]));
  for (let start = 0; start < length; start += CHUNK) {
    chunk.rowCount = Math.min(CHUNK, length - start);
    columns.forEach(({ values }, at) => {
      // the engine's vectors are written in place, which their types do not show
      const vector = chunk.getColumnVector(at) as unknown as { readonly items: Float64Array | Int32Array; flush(): void };
      vector.items.set(values.subarray(start, start + chunk.rowCount));
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
}

/**
 * Rows of Parquet files as columns of values, in the order of the files; dates as ISO text, nothing as `null`.
 * @param select SQL of the columns
 * @param where SQL of the condition
 * @throws DataError `UNREADABLE_FILE`
 */
export async function readColumnFile(connection: DuckDBConnection, path: string, query: { readonly select: string; readonly where: string }): Promise<Record<string, readonly unknown[]>> {
  try {
    const reader = await connection.runAndReadAll(`select ${query.select} from ${parquetTable(path)} where ${query.where}`);
    const values = reader.getColumnsJS();
    return Object.fromEntries(reader.columnNames().map((name, at) => [name, values[at] ?? []]));
  } catch (error) {
    throw new DataError(`expected a readable Parquet file, found "${path}", which cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`, { code: 'UNREADABLE_FILE', fields: { path }, cause: error });
  }
}
