import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { ConfigError, DataError } from '../../core/errors.js';
import { temporaryName } from '../../data/store/atomic-file.js';
import { identifier, literal } from '../../data/store/duckdb.js';
import { requireDataset, Store } from '../../data/store/store.js';
import type { CliContext } from '../context.js';

export interface ExportFlags {
  readonly force?: boolean;
}

/** `swing data export`: a dataset as one file, whole or not at all. */
export async function exportDataset(dataset: string, file: string, flags: ExportFlags, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const store = await Store.open(config.paths.store);
  const path = resolve(context.cwd, file);
  const format = path.endsWith('.parquet') ? 'format parquet, compression zstd' : path.endsWith('.csv') ? 'format csv, header' : null;
  if (format === null) throw new ConfigError(`expected a file that ends in .parquet or .csv, found "${file}"`, { code: 'UNKNOWN_FORMAT', fields: { file } });
  const exists = await stat(path).then(() => true, () => false);
  if (exists && !flags.force) throw new ConfigError(`expected a file that does not exist yet, found "${file}"; overwrite it with --force`, { code: 'FILE_EXISTS', fields: { file } });
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    const rows = await store.query(async (connection, manifest) => {
      const entry = requireDataset(manifest, dataset, store.folder);
      await connection.run(`copy (select * from ${identifier(dataset)}) to ${literal(temporary)} (${format})`);
      return entry.rows;
    });
    await rename(temporary, path);
    context.output.line(`${rows.toLocaleString('en-US')} rows of ${dataset} in ${path}`);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error instanceof DataError ? error : new DataError(`expected to write "${file}", but it failed`, { code: 'WRITE_FAILED', fields: { file }, cause: error });
  }
}
