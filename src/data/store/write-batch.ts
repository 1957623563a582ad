import type { DuckDBConnection } from '@duckdb/node-api';

import { DataError } from '../../core/errors.js';
import { replaceFile, temporaryName } from './atomic-file.js';
import { identifier, literal, resourceFailure } from './duckdb.js';

/** Values of some symbols over some sessions; each column Float32 [symbol, session]. */
export interface ColumnBatch {
  readonly symbols: readonly string[];
  /** Epoch days. */
  readonly sessions: Int32Array;
  readonly columns: Readonly<Record<string, Float32Array>>;
}

/** Rows that the engine takes at a time. */
const CHUNK = 2048;
/** Rows that the engine holds before it writes them: with hundreds of columns its usual number takes hundreds of megabytes. */
const ROW_GROUP = 20_480;

/**
 * Writes a batch as a Parquet file of rows (symbol, session, columns), atomically; missing values become NULL, sessions before the first and after the last value of a symbol are left out.
 *
 * No dictionaries: hardly two values are equal, and looking for them takes half of the time.
 * @throws DataError `WRITE_FAILED` when the disk or the memory is at its end
 */
export async function writeBatch(connection: DuckDBConnection, path: string, batch: ColumnBatch): Promise<void> {
  const names = Object.keys(batch.columns);
  const temporary = temporaryName(path);
  try {
    await connection.run('drop table if exists batch'); // before another of its size is made
    await connection.run(`create temp table batch (row integer, session date, ${names.map((name) => `${identifier(name)} float`).join(', ')})`);
    await append(connection, batch);
    const values = names.map((name) => `case when isnan(${identifier(name)}) then null else ${identifier(name)} end as ${identifier(name)}`);
    await connection.run(`copy (select ([${batch.symbols.map(literal).join(', ')}])[row + 1] as symbol, session, ${values.join(', ')} from batch) to ${literal(temporary)} (format parquet, compression snappy, dictionary_size_limit 1, row_group_size ${ROW_GROUP})`);
    await connection.run('drop table batch');
    await replaceFile(temporary, path);
  } catch (error) {
    const said = resourceFailure(error);
    throw said === null ? error : new DataError(`expected room and memory to write "${path}", but it failed: ${said}`, { code: 'WRITE_FAILED', fields: { path }, cause: error });
  }
}

async function append(connection: DuckDBConnection, { symbols, sessions, columns }: ColumnBatch): Promise<void> {
  const { DATE, DuckDBDataChunk, FLOAT, INTEGER } = await import('@duckdb/node-api');
  const values = Object.values(columns);
  const appender = await connection.createAppender('batch');
  const chunk = DuckDBDataChunk.create([INTEGER, DATE, ...values.map(() => FLOAT)]);
  symbols.forEach((_, row) => {
    const offset = row * sessions.length;
    const { first, last } = presentSpan(values, offset, sessions.length);
    for (let start = first; start <= last; start += CHUNK) {
      const end = Math.min(last + 1, start + CHUNK);
      chunk.rowCount = end - start;
      fill(chunk.getColumnVector(0), new Int32Array(end - start).fill(row));
      fill(chunk.getColumnVector(1), sessions.subarray(start, end));
      for (let k = 0; k < values.length; k++) fill(chunk.getColumnVector(k + 2), values[k].subarray(offset + start, offset + end));
      appender.appendDataChunk(chunk);
    }
  });
  appender.flushSync();
  appender.closeSync();
}

/** First and last position with a value in any column; none: an empty span. */
function presentSpan(columns: readonly Float32Array[], offset: number, length: number): { first: number; last: number } {
  const isEmpty = (t: number): boolean => columns.every((values) => Number.isNaN(values[offset + t]));
  let first = 0;
  while (first < length && isEmpty(first)) first++;
  let last = length - 1;
  while (last >= first && isEmpty(last)) last--;
  return { first, last };
}

/** The engine's vectors are written in place, which their types do not show. */
function fill(vector: unknown, values: Float32Array | Int32Array): void {
  const memory = vector as { readonly items: Float32Array | Int32Array; flush(): void };
  memory.items.set(values);
  memory.flush();
}
