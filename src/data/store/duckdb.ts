import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';

import { DataError } from '../../core/errors.js';

/** A connection that queries run on. */
export type Connection = DuckDBConnection;

export interface DuckDBOptions {
  /** Threads of the engine; default 2. */
  readonly threads?: number;
  /** Most memory the engine may take, e.g. `1GB`. */
  readonly memoryLimit?: string;
  /** Where it may spill; without one it stays in memory. */
  readonly temporaryFolder?: string;
}

/** A connection to an in-memory engine; who opens it closes it. What is made through it is to be temporary, as others may use the engine too. */
export interface OpenDuckDB {
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}

/** The engine of everyone who asks for nothing special: to start one takes ten times as long as most queries. */
let shared: Promise<DuckDBInstance> | null = null;

/** Opens an in-memory engine that never loads code from elsewhere and counts time in UTC: the one that the process shares, or with options a private one. */
export async function openDuckDB(options: DuckDBOptions = {}): Promise<OpenDuckDB> {
  return Object.keys(options).length === 0 ? openShared() : openPrivate(options);
}

async function openPrivate(options: DuckDBOptions): Promise<OpenDuckDB> {
  const instance = await startEngine(options);
  try {
    const connection = await connect(instance);
    return {
      connection,
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

async function openShared(): Promise<OpenDuckDB> {
  const before = (shared ??= startEngine({}));
  const connection = await before.then(connect).catch(() => {
    if (shared === before) shared = null; // after an error that is fatal to it, an engine answers nobody
    return (shared ??= startEngine({})).then(connect);
  });
  return { connection, close: () => connection.closeSync() };
}

const DEFAULTS = { threads: 2, memoryLimit: '1GB' } as const satisfies DuckDBOptions;

async function startEngine({ threads = DEFAULTS.threads, memoryLimit = DEFAULTS.memoryLimit, temporaryFolder = '' }: DuckDBOptions): Promise<DuckDBInstance> {
  const { DuckDBInstance: Engine } = await import('@duckdb/node-api'); // 20 ms and a native library: only when data is touched
  return Engine.create(':memory:', {
    threads: String(threads),
    memory_limit: memoryLimit,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_file_cache: 'false', // files are read as they are now, also those that were written anew within a second
    temp_directory: temporaryFolder, // the engine's own choice is a folder where the process happens to run
  });
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  // otherwise instants become dates of the zone of the machine
  await connection.run(`set TimeZone = 'UTC'`);
  return connection;
}

/** Runs `use` with a connection to an in-memory engine and closes it afterwards, whatever happens. */
export async function withDuckDB<T>(use: (connection: DuckDBConnection) => Promise<T>, options: DuckDBOptions = {}): Promise<T> {
  const { connection, close } = await openDuckDB(options);
  try {
    return await use(connection);
  } finally {
    close();
  }
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as an SQL literal for the engine's readers, which would take `*`, `?` and `[` for wildcards. */
export function fileLiteral(path: string): string {
  return literal(path.replaceAll(/[*?[]/g, '[$&]'));
}

/** SQL that reads Parquet files, and takes no columns from names of folders such as `year=2024`. */
export function parquetTable(...paths: readonly string[]): string {
  return `read_parquet([${paths.map(fileLiteral).join(', ')}], hive_partitioning = false)`;
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

/**
 * The chunks of a query's result, each while the engine works on the next; never leaves a fetch behind.
 *
 * A stream that fails in the middle ends as if that were all: therefore the rows are counted at the end.
 * @throws the engine's error
 */
export async function* streamChunks(connection: DuckDBConnection, sql: string): AsyncGenerator<DuckDBDataChunk, void, void> {
  const result = await connection.stream(sql);
  let count = 0;
  let fetching = result.fetchChunk();
  try {
    for (;;) {
      const chunk = await fetching;
      if (!chunk || chunk.rowCount === 0) break;
      fetching = result.fetchChunk();
      count += chunk.rowCount;
      yield chunk;
    }
  } finally {
    await fetching.catch(() => null);
  }
  const expected = Number((await rows(connection, `select count(*) as n from (${sql})`))[0]['n']);
  if (count === expected) return;
  await connection.run(`select bit_xor(hash(whole)) from (${sql}) whole`); // computes every value again, and so fails again, aloud
  throw new DataError(`expected ${expected} rows, found ${count} in a result of the engine`, { code: 'INCOMPLETE_RESULT', fields: { expected, count } });
}

/** What the engine says when the disk or the memory is at its end, or a file cannot be read; `null` for any other error. */
export function resourceFailure(error: unknown): string | null {
  const said = error instanceof Error ? error.message.split('\n')[0] : '';
  return /^(IO|Out of Memory|Permission) Error/.test(said) ? said : null;
}

/** The engine's message in our words: which file, what it said. */
export function fileError(path: string, expectation: string, cause: unknown): DataError {
  const message = cause instanceof Error ? cause.message : String(cause);
  // of a broken CSV line the engine tells the number first, then the line and what is wrong with it
  const told = message.includes('CSV Error on Line') ? message.split('Possible ')[0].split('\n') : [message.split('\n')[0]];
  const said = told.filter((line) => line.trim() !== '').slice(0, 4).join(', ');
  return new DataError(`expected ${expectation} in "${path}", but reading it failed: ${said}`, { code: 'UNREADABLE_FILE', fields: { path }, cause });
}
