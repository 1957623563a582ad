import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { DuckDBConnection } from '@duckdb/node-api';

import { replaceFile, temporaryName } from '../../core/atomic-file.js';
import { hashFile, sha256 } from '../../core/hash.js';
import { DataError } from '../../core/errors.js';
import type { DatasetSchema } from '../datasets.js';
import { identifier, literal, parquetTable, rows } from './duckdb.js';
import type { PartitionEntry } from './manifest.js';
import { damageOf } from './verify.js';

/** SQL of the partition a row belongs to. */
export function partitionKey({ partitionBy, partitionUnit }: DatasetSchema): string {
  if (partitionBy === null) return `'all'`;
  return partitionUnit === 'day' ? `strftime(${identifier(partitionBy)}, '%Y-%m-%d')` : `cast(year(${identifier(partitionBy)}) as varchar)`;
}

/** SQL that is true for the rows of a partition; days are compared as days, since to write each as text takes longer than all the rest. */
function inPartition(schema: DatasetSchema, key: string): string {
  return schema.partitionBy !== null && schema.partitionUnit === 'day' ? `${identifier(schema.partitionBy)} = ${literal(key)}::date` : `${partitionKey(schema)} = ${literal(key)}`;
}

/** What the key of a partition looks like. */
const KEY_FORMS = { year: /^\d{4,}$/, day: /^\d{4}-\d{2}-\d{2}$/ } as const;

/** @throws DataError where partitions were written by a version that divided the dataset otherwise: their rows would be there twice */
export function requireSameDivision(dataset: string, { partitionBy, partitionUnit = 'year' }: DatasetSchema, partitions: readonly PartitionEntry[]): void {
  const other = partitionBy === null ? undefined : partitions.find(({ key }) => !KEY_FORMS[partitionUnit].test(key));
  if (other !== undefined) throw new DataError(`expected a file a ${partitionUnit} of "${dataset}", found "${other.path}" of an earlier version; import "${dataset}" again with --mode replace`, { code: 'OLD_PARTITIONS', fields: { dataset, path: other.path } });
}

/** Hash of a dataset's content: equal partitions, equal hash. */
export function contentHash(partitions: readonly PartitionEntry[]): string {
  return sha256(partitions.map(({ key, sha256: hash }) => `${key}:${hash}`).sort().join('\n'));
}

interface WriteRequest {
  readonly folder: string;
  readonly dataset: string;
  readonly schema: DatasetSchema;
  readonly existing: readonly PartitionEntry[];
  /** Which existing rows the staged ones replace; `where` is SQL that is true for them, `keys` the only partitions that hold such rows, where that is known. */
  readonly replaced: 'all' | 'same-key' | { readonly where: string; readonly keys?: ReadonlySet<string> };
}

/**
 * Writes the staged rows, with the existing rows they do not replace, as sorted Parquet partitions named by their content.
 * Partitions that nothing touches are carried over as they are. Nothing is visible until the manifest names it.
 */
export async function writePartitions(connection: DuckDBConnection, request: WriteRequest): Promise<PartitionEntry[]> {
  const { folder, schema, existing, replaced } = request;
  const key = partitionKey(schema);
  const arriving = new Set((await rows(connection, `select distinct ${key} as k from staged`)).map((row) => String(row['k'])));
  const kept = replaced === 'all' ? [] : existing;
  requireSameDivision(request.dataset, schema, kept);
  const touched = (entry: PartitionEntry): boolean => arriving.has(entry.key) || (typeof replaced === 'object' && (replaced.keys?.has(entry.key) ?? true));
  const result: PartitionEntry[] = kept.filter((entry) => !touched(entry));
  const keys = new Set([...arriving, ...kept.filter(touched).map((entry) => entry.key)]);
  for (const partition of [...keys].sort()) {
    const old = kept.find((entry) => entry.key === partition);
    const damage = old && (await damageOf(folder, request.dataset, old));
    if (damage) throw damage; // else its rows would live on under a new name
    const entry = await writePartition(connection, request, partition, old && join(folder, old.path));
    if (entry.rows > 0) result.push(entry);
  }
  return result.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function writePartition(connection: DuckDBConnection, { folder, dataset, schema, replaced }: WriteRequest, partition: string, old: string | undefined): Promise<PartitionEntry> {
  const columns = Object.keys(schema.fields).map(identifier).join(', ');
  const keyColumns = schema.key.map(identifier);
  const fresh = `select ${columns} from staged where ${inPartition(schema, partition)}`;
  const survivors = old === undefined ? null : `select ${columns} from ${parquetTable(old)} existing where ${typeof replaced === 'string' ? `not exists (select 1 from staged where ${keyColumns.map((name) => `staged.${name} is not distinct from existing.${name}`).join(' and ')})` : `not (${replaced.where})`}`;
  const union = survivors === null ? fresh : `${fresh} union all ${survivors}`;
  const directory = join(folder, dataset);
  const temporary = temporaryName(join(directory, `${partition}.parquet`));
  try {
    await mkdir(directory, { recursive: true });
    await connection.run(`copy (${union} order by ${keyColumns.join(', ')}) to ${literal(temporary)} (format parquet, compression zstd)`);
    const count = Number((await rows(connection, `select count(*) as n from ${parquetTable(temporary)}`))[0]['n']);
    const hash = await hashFile(temporary);
    const path = `${dataset}/${partition}-${hash.slice(0, 16)}.parquet`;
    await replaceFile(temporary, join(folder, path)); // also where one of that name stands: it may be damaged
    return { path, key: partition, rows: count, sha256: hash };
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof DataError) throw error;
    const said = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new DataError(`expected to write partition "${partition}" of "${dataset}" under "${folder}", but it failed: ${said}; the store is as it was before`, { code: 'WRITE_FAILED', fields: { dataset, partition }, cause: error });
  }
}
