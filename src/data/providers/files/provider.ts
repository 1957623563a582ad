import { basename, join } from 'node:path';
import { readdir, readFile as readText, stat } from 'node:fs/promises';

import { z } from 'zod';

import { ConfigError, DataError } from '../../../core/errors.js';
import { hashFile, hashJson } from '../../../core/hash.js';
import { DATASET_NAMES, type DatasetName } from '../../datasets.js';
import { isWhole, type Batch, type MarketDataProvider, type Provenance } from '../../provider.js';
import { datasetOfFile, readFile, shapeNotes } from './read.js';
import { FILE_SHAPES } from './shapes/registry.js';

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
  datasets: z.partialRecord(z.enum(DATASET_NAMES as [DatasetName, ...DatasetName[]]), z.union([fileEntry, z.array(fileEntry).min(1)])),
});

export type FileEntry = z.infer<typeof fileEntry>;

interface FilesOptions {
  readonly name: string;
  readonly folder: string;
  /** One file a dataset, or several whose rows add up. */
  readonly datasets: Partial<Record<DatasetName, FileEntry | readonly FileEntry[]>>;
}

/** A provider over files in the documented schema. */
export function filesProvider({ name, folder, datasets }: FilesOptions): MarketDataProvider {
  const entries = (dataset: DatasetName): readonly FileEntry[] => {
    const found = datasets[dataset];
    if (!found) throw new ConfigError(`expected one of the datasets ${Object.keys(datasets).join(', ')} of provider "${name}", found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { provider: name, dataset } });
    return [found].flat();
  };
  return {
    name,
    capabilities: Object.keys(datasets) as DatasetName[],
    provenance: (dataset) => joinedProvenance(entries(dataset)),
    fingerprint: async (dataset) => {
      const prints = await Promise.all(entries(dataset).map((entry) => fingerprintOf(folder, entry)));
      return prints.length === 1 ? prints[0] : hashJson(prints);
    },
    async *fetch(dataset, request, options = {}) {
      for (const { file, sha256, rows } of entries(dataset)) {
        const path = join(folder, file);
        if (sha256 !== undefined) await checkHash(path, sha256);
        const batches = readFile(path, dataset, request, options);
        yield* rows === undefined || !isWhole(request) ? batches : countRows(batches, rows, path);
      }
    },
  };
}

function joinedProvenance(entries: readonly FileEntry[]): Provenance {
  const joined = (texts: readonly string[]): string => [...new Set(texts)].join('; ');
  const { priceBasis } = entries[0];
  return { source: joined(entries.map(({ source }) => source)), licence: joined(entries.map(({ licence }) => licence)), notes: [...new Set(entries.flatMap(({ notes }) => notes))], ...(priceBasis === undefined ? {} : { priceBasis }) };
}

async function fingerprintOf(folder: string, { file, sha256, source, licence, priceBasis, notes }: FileEntry): Promise<string> {
  return hashJson({ content: sha256 ?? (await hashExisting(join(folder, file))), source, licence, priceBasis: priceBasis ?? null, notes });
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
    const { message, where } = firstIssue(parsed.error);
    throw new DataError(`expected a valid description of files, found: ${message} at ${where} in "${path}"`, { code: 'BAD_DESCRIPTION', fields: { path } });
  }
  const { name, datasets } = parsed.data;
  const twice = Object.entries(datasets).find(([dataset, entries]) => Array.isArray(entries) && entries.length > 1 && !FROM_SEVERAL.includes(dataset as DatasetName));
  if (twice !== undefined) throw new DataError(`expected one file of "${twice[0]}", found a list in "${path}"; only ${FROM_SEVERAL.join(', ')} may come from several`, { code: 'BAD_DESCRIPTION', fields: { path } });
  return filesProvider({ name, folder, datasets: await withShapeNotes(datasets, folder) });
}

/** What is wrong first; of an entry that fits neither as one file nor as a list, what is wrong with the form that it comes nearest to. */
function firstIssue({ issues: [issue] }: z.ZodError): { message: string; where: string } {
  const inner = issue.code === 'invalid_union' ? issue.errors.flatMap(([first]) => first ?? []) : [];
  const { message, path } = inner.length === 0 ? { message: issue.message, path: [] } : inner.reduce((best, one) => (one.path.length > best.path.length ? one : best));
  return { message, where: [...issue.path, ...path].map(String).join('.') };
}

type DescribedFiles = Partial<Record<DatasetName, FileEntry | readonly FileEntry[]>>;

/** Adds to what is said about files what reading their shape leaves out. */
async function withShapeNotes(datasets: DescribedFiles, folder: string): Promise<DescribedFiles> {
  const noted = Object.entries(datasets).map(async ([name, entries]) => [name, await Promise.all([entries].flat().map((entry) => withNotes(name as DatasetName, entry, folder)))] as const);
  return Object.fromEntries(await Promise.all(noted));
}

async function withNotes(dataset: DatasetName, entry: FileEntry, folder: string): Promise<FileEntry> {
  const path = join(folder, entry.file);
  // a file that is not there is told when it is read
  if (!FILE_SHAPES.some((shape) => shape.dataset === dataset) || (await stat(path).catch(() => null)) === null) return entry;
  return { ...entry, notes: [...entry.notes, ...(await shapeNotes(path, dataset))] };
}

export interface SingleFile {
  readonly path: string;
  /** Judged by the columns when absent. */
  readonly dataset?: DatasetName;
  readonly source?: string;
  readonly licence?: string;
  readonly priceBasis?: Provenance['priceBasis'];
}

/** Datasets whose rows add up from several files; in the others a second file is a slip. */
const FROM_SEVERAL: readonly DatasetName[] = ['macro', 'news', 'fundamentals', 'earnings', 'filings', 'option_chains', 'option_underlyings'];

/** What the notes say of a file of others for which nobody stated a licence. */
const RESEARCH_ONLY = 'no licence stated: private research and tests only';

/** A provider over files, for `swing data import`; a folder stands for the Parquet and CSV files in it. */
export async function openFiles(files: readonly SingleFile[]): Promise<MarketDataProvider> {
  const datasets: Partial<Record<DatasetName, FileEntry[]>> = {};
  for (const { path, dataset, source, licence, priceBasis } of (await Promise.all(files.map(withFolderOpened))).flat()) {
    const name = dataset ?? (await datasetOfFile(path));
    const others = datasets[name] ?? [];
    if (others.length > 0 && !FROM_SEVERAL.includes(name)) throw new ConfigError(`expected one file a dataset, found "${others[0].file}" and "${path}" for "${name}"; say what they are as dataset=path`, { code: 'TWO_FILES', fields: { dataset: name } });
    const notes = FILE_SHAPES.some((shape) => shape.dataset === name) ? await shapeNotes(path, name) : [];
    if (notes.length > 0 && licence === undefined) notes.push(RESEARCH_ONLY);
    datasets[name] = [...others, { file: path, source: source ?? basename(path), licence: licence ?? 'not stated', notes, ...(priceBasis === undefined ? {} : { priceBasis }) }];
  }
  return filesProvider({ name: 'files', folder: '', datasets });
}

async function withFolderOpened(file: SingleFile): Promise<SingleFile[]> {
  const found = await stat(file.path).catch(() => null);
  if (found?.isDirectory() !== true) return [file];
  const names = (await readdir(file.path)).filter((name) => /\.(parquet|csv|csv\.gz)$/.test(name)).sort();
  if (names.length === 0) throw new DataError(`expected Parquet or CSV files, found none in the folder "${file.path}"`, { code: 'NO_FILE', fields: { path: file.path } });
  return names.map((name) => ({ ...file, path: join(file.path, name) }));
}
