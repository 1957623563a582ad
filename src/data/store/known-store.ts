import { copyFile, link, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { isoDate, type IsoDate } from '../../core/dates.js';
import { hashFile } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';
import { datasetSchema, DATASET_NAMES, type DatasetName } from '../datasets.js';
import { knownRows, type KnownRows } from '../known-rows.js';
import { RECORD_NAMES } from '../records.js';
import { identifier, literal, parquetTable, rows, withDuckDB, type Connection } from './duckdb.js';
import { writeManifest, type DatasetEntry, type PartitionEntry } from './manifest.js';
import { contentHash } from './partitions.js';
import { Store } from './store.js';

/**
 * A store in an empty folder that holds what another held at the decision time of a session, and nothing else: later rows are not in
 * its files. `null` copies all market data. What the daily run keeps is left out.
 *
 * Partitions that were known as a whole are linked, so that a copy costs little.
 */
export async function knownStore(store: Store, session: IsoDate | null, folder: string): Promise<Store> {
  await makeFolder(folder);
  const manifest = await store.manifest();
  const copied = await withDuckDB(async (connection) => {
    const entries: [DatasetName, DatasetEntry][] = [];
    for (const dataset of DATASET_NAMES) {
      const entry = manifest.datasets[dataset];
      const known = entry && (await copyDataset(connection, { dataset, entry, session, from: store.folder, to: folder }));
      if (known) entries.push([dataset, known]);
    }
    return entries;
  });
  await writeManifest(folder, { ...manifest, datasets: Object.fromEntries(copied) });
  return Store.open(folder);
}

/** Links what the daily run keeps in one store into another that has none of it yet. */
export async function copyRecords(from: Store, folder: string): Promise<void> {
  const [own, manifest] = [(await from.manifest()).datasets, await (await Store.open(folder)).manifest()];
  const kept = RECORD_NAMES.flatMap((name) => (own[name] ? [[name, own[name]] as const] : []));
  for (const [, { partitions }] of kept) for (const { path } of partitions) await linkFile(join(from.folder, path), join(folder, path));
  await writeManifest(folder, { ...manifest, datasets: { ...manifest.datasets, ...Object.fromEntries(kept) } });
}

interface Copy {
  readonly dataset: DatasetName;
  readonly entry: DatasetEntry;
  readonly session: IsoDate | null;
  readonly from: string;
  readonly to: string;
}

/** The dataset's entry in the new store; `null` where nothing of it was known. */
async function copyDataset(connection: Connection, copy: Copy): Promise<DatasetEntry | null> {
  const { dataset, entry, session, from, to } = copy;
  const partitions: PartitionEntry[] = [];
  for (const partition of entry.partitions) {
    const table = parquetTable(join(from, partition.path));
    const known = session === null ? null : await knownRows(connection, dataset, session, table);
    const copied = known === null || (await isWhole(connection, table, known)) ? await linked(copy, partition) : await cut(connection, copy, partition, known);
    if (copied.rows > 0) partitions.push(copied);
  }
  if (partitions.length === 0) return null;
  const column = datasetSchema(dataset).partitionBy ?? Object.entries(datasetSchema(dataset).fields).find(([, { type }]) => type === 'date')?.[0];
  const span = column === undefined ? { firstDate: entry.firstDate, lastDate: entry.lastDate } : await dateSpan(connection, column, partitions.map(({ path }) => join(to, path)));
  return { ...entry, ...span, rows: partitions.reduce((sum, one) => sum + one.rows, 0), contentHash: contentHash(partitions), partitions };
}

/** Whether every row was known just as it is. */
async function isWhole(connection: Connection, table: string, { where, replace }: KnownRows): Promise<boolean> {
  if (replace !== undefined) return false;
  const [row] = await rows(connection, `select count(*) = count(*) filter (where ${where}) as whole from ${table}`);
  return row['whole'] === true;
}

async function linked({ from, to }: Copy, partition: PartitionEntry): Promise<PartitionEntry> {
  await linkFile(join(from, partition.path), join(to, partition.path));
  return partition;
}

async function linkFile(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await link(source, target).catch(() => copyFile(source, target)); // another disk, or one without links
}

async function cut(connection: Connection, { dataset, from, to }: Copy, partition: PartitionEntry, { where, replace = {} }: KnownRows): Promise<PartitionEntry> {
  const { fields, key } = datasetSchema(dataset);
  const columns = Object.keys(fields).map((name) => (name in replace ? `${replace[name]} as ${identifier(name)}` : identifier(name))).join(', ');
  const folder = join(to, dataset);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${partition.key}.cut`);
  await connection.run(`copy (select ${columns} from ${parquetTable(join(from, partition.path))} where ${where} order by ${key.map(identifier).join(', ')}) to ${literal(temporary)} (format parquet, compression zstd)`);
  const [{ n }] = await rows(connection, `select count(*) as n from ${parquetTable(temporary)}`);
  const sha256 = await hashFile(temporary);
  const path = `${dataset}/${partition.key}-${sha256.slice(0, 16)}.parquet`;
  await rename(temporary, join(to, path));
  return { path, key: partition.key, rows: Number(n), sha256 };
}

async function dateSpan(connection: Connection, column: string, paths: readonly string[]): Promise<Pick<DatasetEntry, 'firstDate' | 'lastDate'>> {
  const [span] = await rows(connection, `select cast(cast(min(${identifier(column)}) as date) as varchar) as first, cast(cast(max(${identifier(column)}) as date) as varchar) as last from ${parquetTable(...paths)}`);
  const day = (text: unknown): IsoDate | null => (text === null ? null : isoDate(String(text)));
  return { firstDate: day(span['first']), lastDate: day(span['last']) };
}
