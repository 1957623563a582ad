import { join } from 'node:path';

import { isoDate, toEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { datasetSchema } from '../datasets.js';
import { fillFromChunk, type NumberVector } from '../store/chunk-values.js';
import { literal, openDuckDB, parquetTable, resourceFailure, rows, type Connection } from '../store/duckdb.js';
import type { Manifest, PartitionEntry } from '../store/manifest.js';
import { requireSameDivision } from '../store/partitions.js';
import { requireDataset, type Store } from '../store/store.js';
import { damageOf } from '../store/verify.js';
import { CHAIN_NUMBERS, type ChainNumber, type StoredChain } from './chain-rows.js';

export interface ChainsRequest {
  /** Instruments; all when absent. One without chains yields none. */
  readonly underlyings?: readonly string[];
  /** First and last session, inclusive; all that are stored when absent. */
  readonly start?: IsoDate;
  readonly end?: IsoDate;
  /** Numbers that are read; the others are NaN. All when absent. */
  readonly columns?: readonly ChainNumber[];
  /** Write the columns of each session over those of the one before: faster for who is done with a session's chains before the next. */
  readonly reuse?: boolean;
  /** Threads of an engine of its own; the shared one when absent. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/**
 * The stored chains, one a session and underlying, ascending by session, then underlying; a session is in memory at a time.
 *
 * The columns of the chains of a session are views of shared buffers that are not written again, unless `reuse` says so.
 * @throws DataError when the store has no option chains, or a file of it is missing, damaged, or was replaced while it was read
 */
export async function* readChains(store: Store, request: ChainsRequest = {}): AsyncGenerator<StoredChain, void, void> {
  const manifest = await store.manifest();
  const { partitions } = requireDataset(manifest, 'option_chains', store.folder);
  requireSameDivision('option_chains', datasetSchema('option_chains'), partitions);
  const wanted = within(partitions, { start: request.start, end: request.end });
  const { connection, close } = await openDuckDB(request.threads === undefined ? {} : { threads: request.threads });
  try {
    const underlyings = await readUnderlyings(connection, store.folder, manifest, request);
    const buffers = new ColumnBuffers(request.reuse ?? false);
    for (const partition of wanted) {
      request.signal?.throwIfAborted();
      yield* await readSession(connection, store.folder, partition, { request, underlyings, buffers }).catch(async (error: unknown) => {
        throw await explained(error, store, manifest, partition);
      });
    }
  } finally {
    close();
  }
}

interface UnderlyingDay {
  readonly close: number;
  readonly isStale: boolean;
}

const dayKey = (underlying: string, session: EpochDay): string => `${session} ${underlying}`;

/** What is stored of the underlyings in the span, by session and underlying. */
async function readUnderlyings(connection: Connection, folder: string, { datasets }: Manifest, { start, end, underlyings }: ChainsRequest): Promise<ReadonlyMap<string, UnderlyingDay>> {
  const paths = (datasets['option_underlyings']?.partitions ?? []).map(({ path }) => join(folder, path));
  if (paths.length === 0) return new Map();
  const conditions = [start && `session >= ${literal(start)}`, end && `session <= ${literal(end)}`, underlyings && among(underlyings)].filter((condition) => typeof condition === 'string');
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const [names = [], days = [], closes = [], stale = []] = (await connection.runAndReadAll(`select underlying, cast(session - date '1970-01-01' as integer), close, coalesce(is_stale, false) from ${parquetTable(...paths)}${where}`)).getColumns();
  return new Map(names.map((name, i) => [dayKey(name as string, days[i] as number), { close: (closes[i] as number | null) ?? Number.NaN, isStale: stale[i] as boolean }]));
}

const among = (underlyings: readonly string[]): string => `underlying in (${underlyings.map(literal).join(', ') || 'null'})`;

interface SessionRequest {
  readonly request: ChainsRequest;
  readonly underlyings: ReadonlyMap<string, UnderlyingDay>;
  readonly buffers: ColumnBuffers;
}

/**
 * The chains of one file. Rows are stored by underlying, expiry, strike and right: how many each underlying has says where it begins,
 * and no text crosses from the engine for a row.
 */
async function readSession(connection: Connection, folder: string, { path, key }: PartitionEntry, { request, underlyings, buffers }: SessionRequest): Promise<StoredChain[]> {
  const session = toEpochDay(isoDate(key));
  const table = parquetTable(join(folder, path));
  const where = request.underlyings === undefined ? '' : ` where ${among(request.underlyings)}`;
  const [names = [], counts = [], lowest = [], highest = []] = (await connection.runAndReadAll(`select underlying, cast(count(*) as integer), min(underlying_price), max(underlying_price) from ${table}${where} group by underlying order by underlying`)).getColumns() as [string[], number[], (number | null)[], (number | null)[]];
  const prices = lowest.every((price, at) => price === highest[at]) ? lowest : await medianPrices(connection, `${table}${where}`);
  const columns = await readColumns(connection, `${table}${where}`, { count: counts.reduce((sum, count) => sum + count, 0), names: request.columns ?? NAMES, buffers });
  let from = 0;
  return names.map((underlying, at) => {
    const to = from + counts[at];
    const day = underlyings.get(dayKey(underlying, session));
    const chain = cut(columns, from, to, { underlying, session, spot: prices[at] ?? day?.close ?? Number.NaN, isStale: day?.isStale ?? false });
    from = to;
    return chain;
  });
}

/** The middle price of the underlying where the rows of a chain say several, by underlying in their order; rarely needed, and dear. */
async function medianPrices(connection: Connection, from: string): Promise<readonly (number | null)[]> {
  const [prices = []] = (await connection.runAndReadAll(`select median(underlying_price) from ${from} group by underlying order by underlying`)).getColumns();
  return prices as (number | null)[];
}

/** Gives columns: new ones each time, or the same again, grown where they are too short. */
class ColumnBuffers {
  readonly #isReused: boolean;
  readonly #kept = new Map<string, Float64Array | Int32Array | Uint8Array>();

  constructor(isReused: boolean) {
    this.#isReused = isReused;
  }

  take<Column extends Float64Array | Int32Array | Uint8Array>(name: string, count: number, Type: new (count: number) => Column): Column {
    if (!this.#isReused) return new Type(count);
    const before = this.#kept.get(name) as Column | undefined;
    const column = before !== undefined && before.length >= count ? before : new Type(Math.ceil(1.2 * count));
    this.#kept.set(name, column);
    return column.subarray(0, count) as Column;
  }
}

interface ContractColumns {
  readonly numbers: Readonly<Record<ChainNumber, Float64Array>>;
  readonly expiry: Int32Array;
  readonly isCall: Uint8Array;
}

const NAMES = Object.keys(CHAIN_NUMBERS) as ChainNumber[];

/** 1 for `call`, 0 for `put`, the only two that rows may hold: their lengths are told apart in half the time of their letters. */
const IS_CALL = 'cast(strlen("right") - 3 as utinyint)';

async function readColumns(connection: Connection, from: string, { count, names, buffers }: { readonly count: number; readonly names: readonly ChainNumber[]; readonly buffers: ColumnBuffers }): Promise<ContractColumns> {
  const numbers = names.map((name) => buffers.take(name, count, Float64Array));
  const expiry = buffers.take('expiry', count, Int32Array);
  const isCall = buffers.take('isCall', count, Uint8Array);
  const result = await connection.run(`select expiry, ${IS_CALL}, ${names.map((name) => `cast(${CHAIN_NUMBERS[name]} as double)`).join(', ')} from ${from}`);
  let row = 0;
  for (let i = 0; i < result.chunkCount; i++) {
    const chunk = result.getChunk(i);
    const vector = (index: number): NumberVector => chunk.getColumnVector(index) as unknown as NumberVector;
    expiry.set(vector(0).items, row);
    isCall.set(vector(1).items, row);
    for (let k = 0; k < names.length; k++) fillFromChunk(numbers[k], row, vector(2 + k));
    row += chunk.rowCount;
  }
  if (row !== count) throw new DataError(`expected ${count} contracts, found ${row} in a result of the engine`, { code: 'INCOMPLETE_RESULT', fields: { count, row } });
  const none = names.length < NAMES.length ? buffers.take('none', count, Float64Array).fill(Number.NaN) : null;
  const columns = NAMES.map((name) => [name, names.includes(name) ? numbers[names.indexOf(name)] : none!]);
  return { numbers: Object.fromEntries(columns) as Record<ChainNumber, Float64Array>, expiry, isCall };
}

function cut({ numbers, expiry, isCall }: ContractColumns, from: number, to: number, head: Pick<StoredChain, 'underlying' | 'session' | 'spot' | 'isStale'>): StoredChain {
  const own = Object.fromEntries(NAMES.map((name) => [name, numbers[name].subarray(from, to)])) as Record<ChainNumber, Float64Array>;
  return { ...head, ...own, expiry: expiry.subarray(from, to), isCall: isCall.subarray(from, to) };
}

/** Why a file could not be read: it is not what the manifest says, or commits went by since. */
async function explained(error: unknown, store: Store, manifest: Manifest, partition: PartitionEntry): Promise<unknown> {
  const now = (await store.manifest()).version;
  if (now > manifest.version + 1) return new DataError(`expected the state ${manifest.version} of the store "${store.folder}" until its chains were read, found state ${now}; read them again`, { code: 'OVERTAKEN', fields: { folder: store.folder }, cause: error, retryable: true });
  const damage = await damageOf(store.folder, 'option_chains', partition);
  if (damage !== null) return damage;
  const said = resourceFailure(error);
  return said === null ? error : new DataError(`expected the chains of ${partition.key} from the store "${store.folder}", but the engine failed: ${said}`, { code: 'ENGINE_FAILED', fields: { folder: store.folder }, cause: error });
}

/** A session whose chains are stored. */
export interface ChainSession {
  readonly session: IsoDate;
  /** Hash of the session's file: equal hash, equal chains. */
  readonly sha256: string;
  readonly rows: number;
  /** Contracts by underlying, ascending. */
  readonly underlyings: ReadonlyMap<string, number>;
}

/** Which sessions and underlyings have chains in the store, ascending; none when it holds no chains. */
export async function chainSessions(store: Store, { start, end }: Pick<ChainsRequest, 'start' | 'end'> = {}): Promise<ChainSession[]> {
  return store.query(async (connection, manifest) => {
    const all = manifest.datasets['option_chains']?.partitions ?? [];
    requireSameDivision('option_chains', datasetSchema('option_chains'), all);
    const partitions = within(all, { start, end });
    if (partitions.length === 0) return [];
    const counted = await rows(connection, `select strftime(session, '%Y-%m-%d') as session, underlying, count(*) as n from ${parquetTable(...partitions.map(({ path }) => join(store.folder, path)))} group by all order by 1, 2`);
    const bySession = new Map<string, Map<string, number>>(partitions.map(({ key }) => [key, new Map()]));
    for (const row of counted) bySession.get(String(row['session']))?.set(String(row['underlying']), Number(row['n']));
    return partitions.map(({ key, sha256, rows: total }) => ({ session: isoDate(key), sha256, rows: total, underlyings: bySession.get(key) ?? new Map() }));
  });
}

/** The files of a span of sessions, ascending. */
function within(partitions: readonly PartitionEntry[], { start, end }: { readonly start: IsoDate | undefined; readonly end: IsoDate | undefined }): PartitionEntry[] {
  return partitions.filter(({ key }) => (start === undefined || key >= start) && (end === undefined || key <= end)).sort((a, b) => (a.key < b.key ? -1 : 1));
}
