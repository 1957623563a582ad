import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import type { DuckDBConnection } from '@duckdb/node-api';

import { syncFile, temporaryName } from '../../core/atomic-file.js';
import type { Clock } from '../../core/clock.js';
import type { EpochDay } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { hashFile } from '../../core/hash.js';
import type { DatasetSchema } from '../datasets.js';
import { findEarlyStamps, STAMPED_EARLY } from '../option-chains/find-early-stamps.js';
import type { Batch, PriceBasis, Provenance } from '../provider.js';
import { identifier, literal, parquetTable, rows, withDuckDB } from './duckdb.js';
import { SPILL_FOLDER } from './clean-up.js';
import { resolveDuplicates, type DuplicatePolicy } from './duplicates.js';
import type { DatasetEntry, ImportFinding } from './manifest.js';
import { contentHash, writePartitions } from './partitions.js';
import { findRewritten } from './rewritten.js';
import { checkStaged, stageBatches, type CheckedRows } from './stage.js';

/** Which stored rows give way, by the value of a column, or of two. */
interface Slice {
  readonly column: string;
  readonly value: string | readonly string[];
  readonly within?: { readonly column: string; readonly values: readonly string[] };
}

/** Rows for one dataset of a commit. */
export interface DatasetWrite {
  readonly dataset: string;
  readonly schema: DatasetSchema;
  readonly provider: string;
  readonly fingerprint?: string;
  readonly provenance: Provenance;
  readonly batches: AsyncIterable<Batch> | Iterable<Batch>;
  /**
   * `merge`: rows replace those of the same key; `replace`: the dataset becomes these rows;
   * a slice: all rows with that value, or one of those values, in that column are replaced; of those only rows that have one of some
   * values in a second column, where `within` says so.
   */
  readonly mode: 'merge' | 'replace' | Slice;
}

export interface CommitOptions {
  readonly clock: Clock;
  readonly duplicates?: DuplicatePolicy;
  /** Keep bad rows in `quarantine/` and store the rest, instead of refusing all. */
  readonly setAside?: boolean;
  /** Store open interest that is found to be stamped a day early, which is look-ahead, with a finding, instead of refusing it. */
  readonly keepEarlyStamps?: boolean;
  readonly signal?: AbortSignal;
  readonly onRows?: (dataset: string, rows: number) => void;
}

export interface WriteReport {
  readonly dataset: string;
  /** Rows delivered. */
  readonly delivered: number;
  /** Rows set aside, by expectation. */
  readonly rejected: CheckedRows['rejected'];
  readonly findings: readonly ImportFinding[];
  /** File that holds the rows set aside, relative to the store. */
  readonly quarantine: string | null;
  readonly entry: DatasetEntry;
}

const MOST_FINDINGS = 100;

/** Datasets whose rows say what was known when: a row that changes under its key changes the past. */
const AS_KNOWN: ReadonlySet<string> = new Set(['fundamentals', 'earnings', 'filings']);

/** Writes one dataset of a commit and returns its new manifest entry; nothing is visible before the manifest names it. */
export async function writeDataset(folder: string, write: DatasetWrite, existing: DatasetEntry | null, options: CommitOptions & { today: EpochDay; closed: EpochDay }): Promise<WriteReport> {
  const { dataset, schema, mode, batches } = write;
  return withDuckDB(
    async (connection) => {
      const delivered = await stageBatches(connection, { dataset, schema, batches }, {
        ...(options.signal ? { signal: options.signal } : {}),
        onRows: (count) => options.onRows?.(dataset, count),
      });
      if (delivered === 0 && typeof mode === 'string') throw new DataError(`expected rows for "${dataset}", found none`, { code: 'NO_ROWS', fields: { dataset } });
      const { rejected } = await checkStaged(connection, dataset, schema, { today: options.today, closed: options.closed, setAside: options.setAside ?? false });
      const duplicates = await resolveDuplicates(connection, schema, options.duplicates ?? 'mask');
      const rewritten = mode === 'merge' && AS_KNOWN.has(dataset) ? await findRewritten(connection, schema, (existing?.partitions ?? []).map(({ path }) => join(folder, path))) : [];
      const stamps = dataset === 'option_chains' ? await findEarlyStamps(connection, folder, { stored: mode === 'replace' ? [] : (existing?.partitions ?? []), keepEarlyStamps: options.keepEarlyStamps ?? false }) : [];
      const findings = [...duplicates, ...rewritten, ...stamps];
      if (mode === 'replace') await requireSomeLeft(connection, dataset, delivered);
      const quarantine = await writeQuarantine(connection, folder, dataset);
      const basis = dataset === 'bars' ? await priceBasis(connection, write, existing) : undefined;
      const partitions = await writePartitions(connection, {
        folder,
        dataset,
        schema,
        existing: existing?.partitions ?? [],
        replaced: mode === 'replace' ? 'all' : mode === 'merge' ? 'same-key' : replacedSlice(mode, schema),
      });
      const span = schema.partitionUnit === 'day' ? { firstDate: partitions[0]?.key ?? null, lastDate: partitions.at(-1)?.key ?? null } : await dateSpan(connection, folder, schema.partitionBy ?? dateColumn(schema.fields), partitions.map(({ path }) => path));
      const entry: DatasetEntry = {
        rows: partitions.reduce((sum, partition) => sum + partition.rows, 0),
        contentHash: contentHash(partitions),
        provider: write.provider,
        fingerprint: write.fingerprint ?? null,
        ...joinProvenance(write, mode === 'replace' ? null : existing),
        retrievedAt: new Date(options.clock.now()).toISOString(),
        ...(basis === undefined ? {} : { priceBasis: basis }),
        ...span,
        partitions,
        findings: latestFindings(mode === 'replace' ? [] : (existing?.findings ?? []), findings),
      };
      return { dataset, delivered, rejected, findings, quarantine, entry };
    },
    { temporaryFolder: join(folder, SPILL_FOLDER) },
  );
}

/** Findings that a manifest keeps: the last hundred, and that open interest looks ahead however long ago it came in. */
function latestFindings(before: readonly ImportFinding[], now: readonly ImportFinding[]): ImportFinding[] {
  const all = [...before, ...now];
  const early = all.findLast(({ rule }) => rule === STAMPED_EARLY);
  const latest = all.slice(-MOST_FINDINGS);
  return early === undefined || latest.includes(early) ? latest : [early, ...latest.slice(1)];
}

/** Rows of a slice by SQL, and the partitions that can hold them. */
function replacedSlice({ column, value, within }: Slice, { partitionBy, partitionUnit = 'year' }: DatasetSchema): { where: string; keys?: ReadonlySet<string> } {
  const among = (name: string, values: readonly string[]): string => `${identifier(name)} in (${values.map(literal).join(', ') || 'null'})`;
  const values = [value].flat();
  const where = within === undefined ? among(column, values) : `${among(column, values)} and ${among(within.column, within.values)}`;
  const isDays = column === partitionBy && values.every((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
  return isDays ? { where, keys: new Set(values.map((text) => (partitionUnit === 'day' ? text : text.slice(0, 4)))) } : { where };
}

/** A dataset is not exchanged for nothing because every new row was set aside. */
async function requireSomeLeft(connection: DuckDBConnection, dataset: string, delivered: number): Promise<void> {
  const left = Number((await rows(connection, 'select count(*) as n from staged'))[0]['n']);
  if (left === 0) throw new DataError(`expected a row that may be stored to replace "${dataset}", found none among ${delivered}; nothing was stored`, { code: 'NO_ROWS', fields: { dataset, delivered } });
}

/** Sources and licences of everything a merged dataset holds. */
function joinProvenance({ provenance }: DatasetWrite, existing: DatasetEntry | null): Pick<DatasetEntry, 'source' | 'licence' | 'notes'> {
  const joined = (before: string | undefined, now: string): string => (before === undefined || before.split('; ').includes(now) ? (before ?? now) : `${before}; ${now}`);
  return {
    source: joined(existing?.source, provenance.source),
    licence: joined(existing?.licence, provenance.licence),
    notes: [...new Set([...(existing?.notes ?? []), ...(provenance.notes ?? [])])],
  };
}

/** How the prices are stated; an adjusted close tells that the others are on a split basis. Bases do not mix. */
async function priceBasis(connection: DuckDBConnection, { provenance, mode }: DatasetWrite, existing: DatasetEntry | null): Promise<PriceBasis> {
  const adjusted = Number((await rows(connection, 'select count(adjusted_close) as n from staged'))[0]['n']) > 0;
  const basis = provenance.priceBasis ?? (adjusted ? 'split-adjusted' : 'raw');
  if (mode !== 'replace' && existing?.priceBasis !== undefined && existing.priceBasis !== basis) {
    throw new DataError(`expected bars stated as "${existing.priceBasis}" like those in the store, found "${basis}"; import them with --mode replace or into another store`, { code: 'PRICE_BASIS', fields: { basis } });
  }
  return basis;
}

function dateColumn(fields: Readonly<Record<string, { type: string }>>): string | null {
  return Object.entries(fields).find(([, field]) => field.type === 'date')?.[0] ?? null;
}

async function dateSpan(connection: DuckDBConnection, folder: string, column: string | null, paths: readonly string[]): Promise<{ firstDate: string | null; lastDate: string | null }> {
  if (column === null || paths.length === 0) return { firstDate: null, lastDate: null };
  const name = identifier(column);
  const [span] = await rows(connection, `select cast(cast(min(${name}) as date) as varchar) as first, cast(cast(max(${name}) as date) as varchar) as last from ${parquetTable(...paths.map((path) => join(folder, path)))}`);
  return { firstDate: (span['first'] as string | null) ?? null, lastDate: (span['last'] as string | null) ?? null };
}

async function writeQuarantine(connection: DuckDBConnection, folder: string, dataset: string): Promise<string | null> {
  const count = Number((await rows(connection, 'select count(*) as n from rejected'))[0]['n']);
  if (count === 0) return null;
  const directory = join(folder, 'quarantine');
  await mkdir(directory, { recursive: true });
  const temporary = temporaryName(join(directory, `${dataset}.parquet`));
  await connection.run(`copy rejected to ${literal(temporary)} (format parquet, compression zstd)`);
  await syncFile(temporary);
  const path = `quarantine/${dataset}-${(await hashFile(temporary)).slice(0, 16)}.parquet`;
  await rename(temporary, join(folder, path));
  return path;
}
