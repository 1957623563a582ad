import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { DuckDBConnection } from '@duckdb/node-api';

import { lastDecidedSession } from '../../core/clock.js';
import { toEpochDay, type EpochDay } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { cleanUp } from './clean-up.js';
import { literal, withDuckDB, type DuckDBOptions } from './duckdb.js';
import { takeLock } from './lock.js';
import { readManifest, writeManifest, type DatasetEntry, type Manifest } from './manifest.js';
import { writeDataset, type CommitOptions, type DatasetWrite, type WriteReport } from './write-dataset.js';

export interface CommitReport {
  readonly version: number;
  readonly datasets: readonly WriteReport[];
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
  async commit(writes: readonly DatasetWrite[], options: CommitOptions & { readonly dropped?: readonly string[] }): Promise<CommitReport> {
    await mkdir(this.folder, { recursive: true }).catch((error: unknown) => {
      throw new DataError(`expected to write to the store's folder "${this.folder}"`, { code: 'WRITE_FAILED', fields: { folder: this.folder }, cause: error });
    });
    const lock = await takeLock(join(this.folder, 'store.lock'), 'writes to the store');
    try {
      const before = await this.manifest();
      const datasets = Object.fromEntries(Object.entries(before.datasets).filter(([name]) => !options.dropped?.includes(name)));
      const reports: WriteReport[] = [];
      const today: EpochDay = toEpochDay(lastDecidedSession(options.clock));
      for (const write of writes) {
        const report = await writeDataset(this.folder, write, datasets[write.dataset] ?? null, { ...options, today });
        datasets[write.dataset] = report.entry;
        reports.push(report);
      }
      options.signal?.throwIfAborted();
      const next: Manifest = { ...before, version: before.version + 1, datasets };
      await writeManifest(this.folder, next);
      await cleanUp(this.folder, next, before);
      return { version: next.version, datasets: reports };
    } finally {
      lock.release();
    }
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
        const overtaken = (await this.manifest()).version > manifest.version && attempt < 3;
        if (!overtaken) throw error;
      }
    }
  }
}

function viewSql(folder: string, name: string, { partitions }: DatasetEntry): string {
  const files = partitions.map(({ path }) => literal(join(folder, path)));
  return files.length === 0 ? `create view "${name}" as select null as nothing where false` : `create view "${name}" as select * from read_parquet([${files.join(', ')}])`;
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
