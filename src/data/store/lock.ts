import { link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { syncFile, temporaryName } from '../../core/atomic-file.js';
import { DataError, LockError } from '../../core/errors.js';

/** An exclusive lock that the operating system releases when the process ends, however it ends. */
export interface Lock {
  release(): void;
}

const heldHere = new Set<string>();

/**
 * Takes an exclusive lock between processes, or fails at once.
 *
 * The lock is the one DuckDB puts on a database opened for writing (fcntl): nothing to clean up after a kill, no clock
 * and no process numbers to compare. Such locks do not bind within one process, hence the set above.
 *
 * @param path  file that stands for the lock; it stays there and stays empty of data
 * @throws LockError when another process, or this one, holds it
 */
export async function takeLock(path: string, purpose: string): Promise<Lock> {
  const file = resolve(path);
  const taken = (holder: string, cause?: unknown): LockError =>
    new LockError(`expected to be the only process that ${purpose}, found ${holder} doing so (lock "${path}"); wait until it ends`, { code: 'LOCKED', fields: { path, holder }, cause, retryable: true });
  if (heldHere.has(file)) throw taken('this process already');
  heldHere.add(file);
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    await ensureLockFile(file);
    const instance = await DuckDBInstance.create(file, { threads: '1' });
    return {
      release() {
        if (!heldHere.delete(file)) return;
        instance.closeSync();
      },
    };
  } catch (error) {
    heldHere.delete(file);
    const message = error instanceof Error ? error.message : String(error);
    if (/lock/i.test(message) && /conflict|could not set/i.test(message)) throw taken(/PID (\d+)/.exec(message)?.[0] ?? 'another process', error);
    const hint = /not a valid DuckDB/.test(message) ? { hint: `remove "${path}" when no other swing runs; it holds no data` } : {};
    throw new DataError(`expected to lock "${path}", but it failed: ${message.split('\n')[0]}`, { code: 'LOCK_FAILED', fields: { path, ...hint }, cause: error });
  }
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** The file appears complete or not at all, so that a kill while it is made leaves nothing half-written. */
async function ensureLockFile(file: string): Promise<void> {
  if (await exists(file)) return;
  await mkdir(dirname(file), { recursive: true });
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const temporary = temporaryName(file);
  try {
    const instance = await DuckDBInstance.create(temporary, { threads: '1' });
    const connection = await instance.connect();
    await connection.run('CHECKPOINT');
    connection.closeSync();
    instance.closeSync();
    await syncFile(temporary);
    await link(temporary, file);
  } catch (error) {
    // another process was first, and may have cleaned up by now
    if (!(await exists(file))) throw error;
  } finally {
    await rm(temporary, { force: true });
    await rm(`${temporary}.wal`, { force: true });
  }
}
