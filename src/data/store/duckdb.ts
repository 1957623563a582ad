import type { DuckDBConnection } from '@duckdb/node-api';

import { DataError } from '../../core/errors.js';

export interface DuckDBOptions {
  /** Threads of the engine; default 2. */
  readonly threads?: number;
  /** Most memory the engine may take, e.g. `1GB`. */
  readonly memoryLimit?: string;
  /** Where it may spill; without one it stays in memory. */
  readonly temporaryFolder?: string;
}

/** Runs `use` with a private in-memory engine and closes it afterwards, whatever happens. */
export async function withDuckDB<T>(use: (connection: DuckDBConnection) => Promise<T>, options: DuckDBOptions = {}): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api'); // 20 ms and a native library: only when data is touched
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? 2),
    memory_limit: options.memoryLimit ?? '1GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(options.temporaryFolder === undefined ? {} : { temp_directory: options.temporaryFolder }),
  });
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Rows as plain objects, for small results; 64-bit integers become numbers. */
export async function rows(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])));
}

/** The engine's message in our words: which file, what it said. */
export function fileError(path: string, expectation: string, cause: unknown): DataError {
  const said = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
  return new DataError(`expected ${expectation} in "${path}", but reading it failed: ${said}`, { code: 'UNREADABLE_FILE', fields: { path }, cause });
}
