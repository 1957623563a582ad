import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { temporaryName } from '../../core/atomic-file.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { DATASET_NAMES } from '../../data/datasets.js';
import { RECORD_NAMES } from '../../data/records.js';
import { identifier, literal } from '../../data/store/duckdb.js';
import { requireDataset, Store } from '../../data/store/store.js';
import type { CliContext } from '../context.js';

export interface ExportFlags {
  readonly force?: boolean;
}

/** `swing data export`: a dataset as one file, whole or not at all. */
export async function exportDataset(dataset: string, file: string, flags: ExportFlags, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const known: readonly string[] = [...DATASET_NAMES, ...RECORD_NAMES];
  if (!known.includes(dataset)) throw new ConfigError(`expected one of ${known.join(', ')}, found "${dataset}"`, { code: 'UNKNOWN_DATASET', fields: { dataset } });
  const store = await Store.open(config.paths.store);
  const path = resolve(context.cwd, file);
  const format = path.endsWith('.parquet') ? 'format parquet, compression zstd' : path.endsWith('.csv') ? 'format csv, header' : null;
  if (format === null) throw new ConfigError(`expected a file that ends in .parquet or .csv, found "${file}"`, { code: 'UNKNOWN_FORMAT', fields: { file } });
  const exists = await stat(path).then(() => true, () => false);
  if (exists && !flags.force) throw new ConfigError(`expected a file that does not exist yet, found "${file}"; overwrite it with --force`, { code: 'FILE_EXISTS', fields: { file } });
  const temporary = temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const rows = await store.query(async (connection, manifest) => {
      const entry = requireDataset(manifest, dataset, store.folder);
      await connection.run(`copy (select * from ${identifier(dataset)}) to ${literal(temporary)} (${format})`);
      return entry.rows;
    });
    await rename(temporary, path);
    context.output.line(`${rows.toLocaleString('en-US')} rows of ${dataset} in ${path}`);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first failure is the one to tell
    if (error instanceof DataError && error.code !== 'ENGINE_FAILED') throw error;
    throw new DataError(`expected to write "${file}", but it failed`, { code: 'WRITE_FAILED', fields: { file }, cause: error instanceof DataError ? error.cause : error });
  }
}
