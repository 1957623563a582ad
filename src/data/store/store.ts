import { join } from 'node:path';

import type { DuckDBConnection } from '@duckdb/node-api';

import { lastDecidedSession } from '../../core/clock.js';
import { toEpochDay, type EpochDay } from '../../core/dates.js';
import { AppError, DataError } from '../../core/errors.js';
import { makeFolder } from '../../core/make-folder.js';
import { lastClosedSession } from '../option-chains/last-closed-session.js';
import { cleanUp } from './clean-up.js';
import { parquetTable, resourceFailure, withDuckDB, type DuckDBOptions } from './duckdb.js';
import { findLackingColumn } from './lacking-column.js';
import { takeLock } from './lock.js';
import { readManifest, writeManifest, type DatasetEntry, type Manifest } from './manifest.js';
import { findDamage } from './verify.js';
import { writeDataset, type CommitOptions, type DatasetWrite, type WriteReport } from './write-dataset.js';

export interface CommitReport {
  readonly version: number;
  readonly datasets: readonly WriteReport[];
}

export interface StoreCommitOptions extends CommitOptions {
  /** Datasets that leave the store in the same step; told by what it holds once nobody else can write. */
  readonly dropped?: readonly string[] | ((before: Manifest) => readonly string[]);
  /** Throws when what the store holds, once nobody else can write, is not what the writes were made for. */
  readonly accept?: (before: Manifest) => void;
}

/** Market data and results on disk: Parquet partitions that a manifest names, read by DuckDB. */
export class Store {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Opens a store; the folder is made at the first commit. */
  static async open(folder: string): Promise<Store> {
    const store = new Store(folder);
    await store.manifest();
    return store;
  }

  /** What the store holds at this moment. */
  manifest(): Promise<Manifest> {
    return readManifest(this.folder);
  }

  /** The manifest's entry of a dataset, `null` when the store does not hold it. */
  async entry(dataset: string): Promise<DatasetEntry | null> {
    return (await this.manifest()).datasets[dataset] ?? null;
  }

  /**
   * Writes datasets, and forgets those in `dropped`, so that readers see all of them or none, and a kill at any moment leaves the previous state.
   * @throws LockError when another process writes; DataError when rows do not fit, naming the first
   */
  async commit(writes: readonly DatasetWrite[], options: StoreCommitOptions): Promise<CommitReport> {
    await makeFolder(this.folder);
    const lock = await takeLock(join(this.folder, 'store.lock'), 'writes to the store');
    try {
      const before = await this.manifest();
      options.accept?.(before);
      try {
        const { next, datasets } = await this.#write(writes, before, options);
        await writeManifest(this.folder, next);
        return { version: next.version, datasets };
      } finally {
        // After a failure too, as a full disk must not stay full of what nobody can see. That files cannot be removed
        // changes nothing about what the store holds: the next commit tries again.
        await this.manifest().then((now) => cleanUp(this.folder, now, before)).catch(() => undefined);
      }
    } finally {
      lock.release();
    }
  }

  /** Writes the files of the next state, which nobody sees before a manifest names them. */
  async #write(writes: readonly DatasetWrite[], before: Manifest, options: StoreCommitOptions): Promise<{ readonly next: Manifest; readonly datasets: readonly WriteReport[] }> {
    const dropped = typeof options.dropped === 'function' ? options.dropped(before) : (options.dropped ?? []);
    const datasets = Object.fromEntries(Object.entries(before.datasets).filter(([name]) => !dropped.includes(name)));
    const reports: WriteReport[] = [];
    const today: EpochDay = toEpochDay(lastDecidedSession(options.clock));
    const closed: EpochDay = toEpochDay(lastClosedSession(options.clock));
    for (const write of writes) {
      const report = await writeDataset(this.folder, write, datasets[write.dataset] ?? null, { ...options, today, closed }).catch((error: unknown) => {
        const said = resourceFailure(error);
        throw said === null ? error : new DataError(`expected room and memory to write "${write.dataset}" to the store "${this.folder}", but it failed: ${said}; the store is as it was before`, { code: 'WRITE_FAILED', fields: { dataset: write.dataset }, cause: error });
      });
      datasets[write.dataset] = report.entry;
      reports.push(report);
    }
    options.signal?.throwIfAborted();
    return { next: { ...before, version: before.version + 1, datasets }, datasets: reports };
  }

  /**
   * Runs queries over the datasets of one state of the store; each dataset is a view of its name.
   * A reader that is overtaken by two commits starts again on the newer state.
   */
  async query<T>(use: (connection: DuckDBConnection, manifest: Manifest) => Promise<T>, options: DuckDBOptions = {}): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      const manifest = await this.manifest();
      try {
        return await withDuckDB(async (connection) => {
          for (const [name, entry] of Object.entries(manifest.datasets)) await connection.run(viewSql(this.folder, name, entry));
          return use(connection, manifest);
        }, options);
      } catch (error) {
        const explained = error instanceof AppError ? error : await this.#explain(error, manifest);
        const overtaken = (await this.manifest()).version > manifest.version && attempt < 3;
        if (!overtaken) throw explained;
      }
    }
  }

  /** Why the engine failed: a file that is not what the manifest says, a record of an earlier version, the disk, the memory; else the error itself. */
  async #explain(error: unknown, manifest: Manifest): Promise<unknown> {
    const damage = (await findDamage(this.folder, manifest)) ?? (await findLackingColumn(error, this.folder, manifest));
    const said = resourceFailure(error);
    if (damage !== null || said === null) return damage ?? error;
    return new DataError(`expected an answer from the store "${this.folder}", but the engine failed: ${said}`, { code: 'ENGINE_FAILED', fields: { folder: this.folder }, cause: error });
  }

  /**
   * Reads every file of these datasets (all when absent) and compares it with the manifest.
   * @throws DataError naming the first that is missing or was changed
   */
  async verify(datasets?: readonly string[]): Promise<void> {
    for (;;) {
      const manifest = await this.manifest();
      const damage = await findDamage(this.folder, manifest, datasets);
      if (damage === null) return;
      const overtaken = (await this.manifest()).version > manifest.version;
      if (!overtaken) throw damage;
    }
  }
}

function viewSql(folder: string, name: string, { partitions }: DatasetEntry): string {
  const files = partitions.map(({ path }) => join(folder, path));
  return files.length === 0 ? `create temp view "${name}" as select null as nothing where false` : `create temp view "${name}" as select * from ${parquetTable(...files)}`;
}

/** @throws DataError when the store does not hold the dataset, saying how to get it */
export function requireDataset(manifest: Manifest, dataset: string, folder: string): DatasetEntry {
  const entry = manifest.datasets[dataset];
  if (!entry || entry.rows === 0) {
    const held = Object.keys(manifest.datasets).join(', ') || 'nothing';
    throw new DataError(`expected the dataset "${dataset}" in the store "${folder}", found ${held}; import it with: swing data import ${dataset}=<file>`, { code: 'NO_DATASET', fields: { dataset } });
  }
  return entry;
}
