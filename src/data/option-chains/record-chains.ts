import { XNYS } from '../../core/calendar.js';
import type { Clock } from '../../core/clock.js';
import type { IsoDate } from '../../core/dates.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { datasetSchema } from '../datasets.js';
import { borrowedFromOthers } from '../import.js';
import { requireExchangeDay } from '../market.js';
import type { Batch, MarketDataProvider } from '../provider.js';
import type { ImportFinding } from '../store/manifest.js';
import type { Store } from '../store/store.js';
import type { DatasetWrite, WriteReport } from '../store/write-dataset.js';
import { lastClosedSession } from './last-closed-session.js';
import { chainSessions } from './read-chains.js';
import { takeSnapshot, type ChainSnapshot } from './snapshot.js';

export interface RecordOptions {
  readonly clock: Clock;
  /** Default: the last that is over. */
  readonly session?: IsoDate;
  /** Instruments; `null`: all that the provider has. */
  readonly underlyings: readonly string[] | null;
  /** Asks for each underlying by itself, so that one that fails costs no other. */
  readonly oneByOne?: boolean;
  /** Overwrite recorded chains also by smaller ones. */
  readonly force?: boolean;
  /** Record open interest also where it is found to be stamped a day early. */
  readonly keepEarlyStamps?: boolean;
  readonly signal?: AbortSignal;
}

export interface RecordReport extends Pick<ChainSnapshot, 'contracts' | 'missing' | 'failed'> {
  readonly session: IsoDate;
  /** Session after which the recorded open interest was settled. */
  readonly openInterestOf: IsoDate;
  /** The store held just these chains before. */
  readonly unchanged: boolean;
  readonly storeVersion: number;
  /** Rows set aside, by expectation. */
  readonly rejected: WriteReport['rejected'];
  readonly findings: readonly ImportFinding[];
  /** Datasets of the bundled sample or a synthetic market that left the store. */
  readonly dropped: readonly string[];
}

/**
 * Writes the chains of a session, as a provider shows them after its close, into the store; those of other underlyings and sessions stay.
 *
 * Recording the same again changes nothing. Rows that do not fit are set aside: what is not recorded today cannot be had tomorrow.
 * @throws ConfigError when the session is not over; DataError when there is nothing to record, or recorded chains have more contracts (unless `force`)
 */
export async function recordChains(provider: MarketDataProvider, store: Store, options: RecordOptions): Promise<RecordReport> {
  const session = options.session ?? lastClosedSession(options.clock);
  requireOver(session, options.clock);
  const { signal } = options;
  const snapshot = await takeSnapshot(provider, { session, underlyings: options.underlyings, oneByOne: options.oneByOne ?? false, ...(signal ? { signal } : {}) });
  const { contracts, missing, failed } = snapshot;
  if (contracts.size === 0) throw new DataError(`expected option chains of ${session} from "${provider.name}", found none`, { code: 'NO_CHAINS', fields: { session, provider: provider.name } });
  if (!options.force) await requireNotSmaller(store, session, contracts);
  const before = partitionHash(await store.entry('option_chains'), session);
  let dropped: readonly string[] = [];
  const report = await store.commit(await writesOf(provider, session, snapshot, signal), {
    clock: options.clock,
    setAside: true,
    keepEarlyStamps: options.keepEarlyStamps ?? false,
    ...(signal ? { signal } : {}),
    dropped: (manifest) => (dropped = borrowedFromOthers(manifest, provider.name, new Map())),
  });
  const [chains] = report.datasets;
  return { session, openInterestOf: XNYS.previous(session), contracts, missing, failed, unchanged: before !== null && before === partitionHash(chains.entry, session), storeVersion: report.version, rejected: chains.rejected, findings: chains.findings, dropped };
}

function requireOver(session: IsoDate, clock: Clock): void {
  requireExchangeDay(session);
  const last = lastClosedSession(clock);
  if (session > last) throw new ConfigError(`expected a session that is over, found ${session}; the last one that is over is ${last}`, { code: 'SESSION_NOT_OVER', fields: { session, last } });
}

/** A snapshot taken while the source was half down must not replace a whole one. */
async function requireNotSmaller(store: Store, session: IsoDate, contracts: ReadonlyMap<string, number>): Promise<void> {
  const recorded = (await chainSessions(store, { start: session, end: session }))[0]?.underlyings ?? new Map<string, number>();
  const smaller = [...contracts].filter(([name, count]) => count < (recorded.get(name) ?? 0));
  if (smaller.length === 0) return;
  const shown = smaller.slice(0, 5).map(([name, count]) => `${name} ${count} instead of ${recorded.get(name)}`).join(', ');
  throw new DataError(`expected chains of ${session} with no fewer contracts than are recorded, found ${shown}${smaller.length > 5 ? ` and ${smaller.length - 5} more` : ''}; nothing was recorded; overwrite with --force`, { code: 'SMALLER_SNAPSHOT', fields: { session, underlyings: smaller.map(([name]) => name) } });
}

/** The chains, and the underlyings of the session where the provider has them. */
async function writesOf(provider: MarketDataProvider, session: IsoDate, { batches, contracts }: ChainSnapshot, signal: AbortSignal | undefined): Promise<DatasetWrite[]> {
  const names = [...contracts.keys()];
  const common = { provider: provider.name, mode: { column: 'session', value: session, within: { column: 'underlying', values: names } } } as const;
  const chains: DatasetWrite = { ...common, dataset: 'option_chains', schema: datasetSchema('option_chains'), provenance: provider.provenance('option_chains'), batches };
  if (!provider.capabilities.includes('option_underlyings')) return [chains];
  const underlyings: Batch[] = [];
  for await (const batch of provider.fetch('option_underlyings', { symbols: names, start: session, end: session }, signal ? { signal } : {})) underlyings.push(batch);
  if (underlyings.length === 0) return [chains];
  return [chains, { ...common, dataset: 'option_underlyings', schema: datasetSchema('option_underlyings'), provenance: provider.provenance('option_underlyings'), batches: underlyings }];
}

function partitionHash(entry: { readonly partitions: readonly { readonly key: string; readonly sha256: string }[] } | null, session: IsoDate): string | null {
  return entry?.partitions.find(({ key }) => key === session)?.sha256 ?? null;
}
