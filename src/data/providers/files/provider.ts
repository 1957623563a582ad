import { basename, join } from 'node:path';
import { readFile as readText } from 'node:fs/promises';

import { z } from 'zod';

import { ConfigError, DataError } from '../../../core/errors.js';
import { hashFile, hashJson } from '../../../core/hash.js';
import { DATASET_NAMES, type DatasetName } from '../../datasets.js';
import { isWhole, type Batch, type MarketDataProvider, type Provenance } from '../../provider.js';
import { datasetOfFile, readFile } from './read.js';

const fileEntry = z.strictObject({
  file: z.string().describe('Parquet or CSV, relative to the description file'),
  source: z.string().describe('where the rows come from'),
  licence: z.string().describe('what one may do with them, SPDX name where there is one'),
  priceBasis: z.enum(['raw', 'split-adjusted', 'total-return']).optional().describe('bars only: how prices are stated'),
  notes: z.array(z.string()).default([]),
  rows: z.int().optional().describe('checked, when given, whenever all are read'),
  sha256: z.string().length(64).optional().describe('checked when given'),
});

/** Form of `source.json`, which describes a folder of files. */
export const filesDescription = z.strictObject({
  name: z.string(),
  datasets: z.partialRecord(z.enum(DATASET_NAMES as [DatasetName, ...DatasetName[]]), fileEntry),
});

export type FileEntry = z.infer<typeof fileEntry>;

interface FilesOptions {
  readonly name: string;
  readonly folder: string;
  readonly datasets: Partial<Record<DatasetName, FileEntry>>;
}

/** A provider over files in the documented schema. */
export function filesProvider({ name, folder, datasets }: FilesOptions): MarketDataProvider {
  const entry = (dataset: DatasetName): FileEntry => {
    const found = datasets[dataset];
    if (!found) throw new ConfigError(`expected one of the datasets ${Object.keys(datasets).join(', ')} of provider "${name}", found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { provider: name, dataset } });
    return found;
  };
  return {
    name,
    capabilities: Object.keys(datasets) as DatasetName[],
    provenance: (dataset): Provenance => {
      const { source, licence, priceBasis, notes } = entry(dataset);
      return { source, licence, notes, ...(priceBasis === undefined ? {} : { priceBasis }) };
    },
    fingerprint: async (dataset) => {
      const { file, sha256, source, licence, priceBasis = null, notes } = entry(dataset);
      return hashJson({ content: sha256 ?? (await hashExisting(join(folder, file))), source, licence, priceBasis, notes });
    },
    async *fetch(dataset, request, options = {}) {
      const { file, sha256, rows } = entry(dataset);
      const path = join(folder, file);
      if (sha256 !== undefined) await checkHash(path, sha256);
      const batches = readFile(path, dataset, request, options);
      yield* rows === undefined || !isWhole(request) ? batches : countRows(batches, rows, path);
    },
  };
}

/** Hands batches on and checks at the end that they were as many rows as described. */
async function* countRows(batches: AsyncIterable<Batch>, expected: number, path: string): AsyncGenerator<Batch> {
  let found = 0;
  for await (const batch of batches) {
    found += batch.rowCount;
    yield batch;
  }
  if (found !== expected) throw new DataError(`expected ${expected} rows, found ${found} in "${path}": the file was changed since it was described`, { code: 'ROW_COUNT', fields: { path, expected, found } });
}

function hashExisting(path: string): Promise<string> {
  return hashFile(path).catch((error: unknown) => {
    throw new DataError(`expected a file at "${path}"`, { code: 'NO_FILE', fields: { path }, cause: error });
  });
}

async function checkHash(path: string, expected: string): Promise<void> {
  const found = await hashExisting(path);
  if (found !== expected) throw new DataError(`expected sha256 ${expected.slice(0, 12)}…, found ${found.slice(0, 12)}… in "${path}": the file was changed since it was described`, { code: 'HASH_MISMATCH', fields: { path } });
}

/** A provider over a folder that holds `source.json`. */
export async function openFilesFolder(folder: string): Promise<MarketDataProvider> {
  const path = join(folder, 'source.json');
  let value: unknown;
  try {
    value = JSON.parse(await readText(path, 'utf8'));
  } catch (error) {
    throw new DataError(`expected a description of the folder's files as JSON in "${path}"`, { code: 'NO_DESCRIPTION', fields: { path }, cause: error });
  }
  const parsed = filesDescription.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DataError(`expected a valid description of files, found: ${issue.message} at ${issue.path.join('.')} in "${path}"`, { code: 'BAD_DESCRIPTION', fields: { path } });
  }
  return filesProvider({ name: parsed.data.name, folder, datasets: parsed.data.datasets });
}

export interface SingleFile {
  readonly path: string;
  /** Judged by the columns when absent. */
  readonly dataset?: DatasetName;
  readonly source?: string;
  readonly licence?: string;
  readonly priceBasis?: Provenance['priceBasis'];
}

/** A provider over one file each of some datasets, for `swing data import`. */
export async function openFiles(files: readonly SingleFile[]): Promise<MarketDataProvider> {
  const datasets: Partial<Record<DatasetName, FileEntry>> = {};
  for (const { path, dataset, source, licence, priceBasis } of files) {
    const name = dataset ?? (await datasetOfFile(path));
    if (datasets[name]) throw new ConfigError(`expected one file a dataset, found "${datasets[name].file}" and "${path}" for "${name}"; say what they are as dataset=path`, { code: 'TWO_FILES', fields: { dataset: name } });
    datasets[name] = { file: path, source: source ?? basename(path), licence: licence ?? 'not stated', notes: [], ...(priceBasis === undefined ? {} : { priceBasis }) };
  }
  return filesProvider({ name: 'files', folder: '', datasets });
}
