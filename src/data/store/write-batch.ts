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

/**
 * Writes a batch as a Parquet file of rows (symbol, session, columns), atomically; missing values become NULL, rows without any value are left out.
 * @throws DataError `WRITE_FAILED` when the disk or the memory is at its end
 */
export async function writeBatch(connection: DuckDBConnection, path: string, batch: ColumnBatch): Promise<void> {
  const names = Object.keys(batch.columns);
  const temporary = temporaryName(path);
  try {
    await connection.run(`create or replace temp table batch (row integer, session date, ${names.map((name) => `${identifier(name)} float`).join(', ')})`);
    await append(connection, batch);
    const values = names.map((name) => `case when isnan(${identifier(name)}) then null else ${identifier(name)} end as ${identifier(name)}`);
    await connection.run(`copy (select ([${batch.symbols.map(literal).join(', ')}])[row + 1] as symbol, session, ${values.join(', ')} from batch) to ${literal(temporary)} (format parquet, compression snappy)`);
    await replaceFile(temporary, path);
  } catch (error) {
    const said = resourceFailure(error);
    throw said === null ? error : new DataError(`expected room and memory to write "${path}", but it failed: ${said}`, { code: 'WRITE_FAILED', fields: { path }, cause: error });
  }
}

async function append(connection: DuckDBConnection, { symbols, sessions, columns }: ColumnBatch): Promise<void> {
  const { DATE, DuckDBDataChunk, FLOAT, INTEGER } = await import('@duckdb/node-api');
  const values = Object.values(columns);
  const kept = presentRows(values, symbols.length * sessions.length);
  const appender = await connection.createAppender('batch');
  const chunk = DuckDBDataChunk.create([INTEGER, DATE, ...values.map(() => FLOAT)]);
  for (let start = 0; start < kept.length; start += CHUNK) {
    const rows = kept.subarray(start, start + CHUNK);
    chunk.rowCount = rows.length;
    fill(chunk.getColumnVector(0), rows, (at) => Math.floor(at / sessions.length));
    fill(chunk.getColumnVector(1), rows, (at) => sessions[at % sessions.length]);
    for (let k = 0; k < values.length; k++) fill(chunk.getColumnVector(k + 2), rows, (at) => values[k][at]);
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
}

/** Positions where any column has a value. */
function presentRows(columns: readonly Float32Array[], length: number): Int32Array {
  const present = new Uint8Array(length);
  for (const values of columns) for (let i = 0; i < length; i++) if (values[i] === values[i]) present[i] = 1;
  return Int32Array.from({ length: present.reduce((sum, one) => sum + one, 0) }, ((at) => () => {
    while (present[at] === 0) at++;
    return at++;
  })(0));
}

/** What we use of the engine's vectors: their memory is written in place, which its types do not show. */
function fill(vector: unknown, rows: Int32Array, value: (at: number) => number): void {
  const memory = vector as { readonly items: Float32Array | Int32Array; flush(): void };
  for (let i = 0; i < rows.length; i++) memory.items[i] = value(rows[i]);
  memory.flush();
}
