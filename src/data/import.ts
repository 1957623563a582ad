import type { Clock } from '../core/clock.js';
import { isoDate, toEpochDay, type EpochDay } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import { datasetSchema, type DatasetName } from './datasets.js';
import { macroAvailableAt } from './macro-lags.js';
import { isWhole, MISSING_DATE, type Batch, type DataRequest, type MarketDataProvider } from './provider.js';
import { RECORD_NAMES } from './records.js';
import type { DuplicatePolicy } from './store/duplicates.js';
import type { Manifest } from './store/manifest.js';
import type { CommitReport, Store } from './store/store.js';
import type { DatasetWrite } from './store/write-dataset.js';

/** Provider name of the bundled sample; its data leaves the store when anything else comes in. */
export const SAMPLE_PROVIDER = 'sample';
/** Provider name of a synthetic market, of which the same holds. */
export const SYNTHETIC_PROVIDER = 'synthetic';

/** Whose data is nobody's own. */
const isBorrowed = (provider: string): boolean => provider === SAMPLE_PROVIDER || provider === SYNTHETIC_PROVIDER;

export interface ImportOptions {
  readonly clock: Clock;
  /** All the provider has when absent. */
  readonly datasets?: readonly DatasetName[];
  readonly request?: DataRequest;
  readonly mode?: 'merge' | 'replace';
  readonly duplicates?: DuplicatePolicy;
  readonly setAside?: boolean;
  readonly keepEarlyStamps?: boolean;
  readonly signal?: AbortSignal;
  readonly onRows?: (dataset: string, rows: number) => void;
}

export interface ImportReport extends CommitReport {
  /** Datasets of the bundled sample or a synthetic market, and results computed on them, that left the store. */
  readonly dropped: readonly string[];
}

/**
 * Brings a provider's datasets into the store in one commit: all of them or none.
 *
 * Own data never mixes with the bundled sample or a synthetic market, nor these with each other: their datasets, and the paper book
 * kept on them, leave in the same commit. So does a paper book when another synthetic market comes in.
 */
export async function importFrom(provider: MarketDataProvider, store: Store, options: ImportOptions): Promise<ImportReport> {
  const datasets = options.datasets ?? provider.capabilities;
  for (const dataset of datasets) {
    if (!provider.capabilities.includes(dataset)) throw new ConfigError(`expected a dataset that provider "${provider.name}" has (${provider.capabilities.join(', ')}), found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { dataset } });
  }
  let dropped: readonly string[] = [];
  // a part of what the provider has must not pass for the whole later
  const whole = isWhole(options.request ?? {});
  const fingerprints = new Map(await Promise.all(datasets.map(async (dataset) => [dataset, whole ? await provider.fingerprint?.(dataset) : undefined] as const)));
  const writes = datasets.map((dataset): DatasetWrite => {
    const fingerprint = fingerprints.get(dataset);
    const batches = provider.fetch(dataset, options.request ?? {}, options.signal ? { signal: options.signal } : {});
    return { dataset, schema: datasetSchema(dataset), provider: provider.name, ...(fingerprint === undefined ? {} : { fingerprint }), provenance: provider.provenance(dataset), mode: options.mode ?? 'merge', batches: dataset === 'macro' ? withAvailability(batches) : batches };
  });
  const report = await store.commit(writes, {
    ...options,
    accept: (before) => {
      if (isBorrowed(provider.name)) refuseBesideOwn(before, provider.name);
    },
    dropped: (before) => (dropped = borrowedFromOthers(before, provider.name, fingerprints)),
  });
  return { ...report, dropped };
}

/** The datasets that somebody imported, as opposed to the bundled sample, a synthetic market and what the daily run keeps. */
export function ownDatasets({ datasets }: Manifest): string[] {
  return Object.keys(datasets).filter((name) => !isBorrowed(datasets[name].provider) && !RECORD_NAMES.some((record) => record === name));
}

function refuseBesideOwn(manifest: Manifest, provider: string): void {
  const own = ownDatasets(manifest);
  if (own.length > 0) throw new ConfigError(`expected a store without own data for ${provider === SAMPLE_PROVIDER ? 'the bundled sample' : 'a synthetic market'}, found ${own.join(', ')}; set data.source to store, or paths.store to another folder`, { code: 'OWN_DATA', fields: { own } });
}

/** What leaves when a provider's data comes in: borrowed datasets of another one, and the results computed on what goes or changes. */
export function borrowedFromOthers({ datasets }: Manifest, provider: string, fingerprints: ReadonlyMap<DatasetName, string | undefined>): string[] {
  const others = Object.keys(datasets).filter((name) => isBorrowed(datasets[name].provider) && datasets[name].provider !== provider);
  const isAnotherMarket = provider === SYNTHETIC_PROVIDER && datasets['bars']?.provider === provider && fingerprints.has('bars') && datasets['bars'].fingerprint !== fingerprints.get('bars');
  return others.length === 0 && !isAnotherMarket ? [] : [...others, ...RECORD_NAMES.filter((name) => datasets[name])];
}

/** Neither missing nor so late that no calendar knows it: the checks of the rows refuse both. */
const LAST_DAY = toEpochDay(isoDate('2099-12-31'));
const isDay = (day: EpochDay): boolean => day !== MISSING_DATE && day <= LAST_DAY;

/** Adds, where the source does not say it, from when on each macro observation counts as public. */
async function* withAvailability(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    const ids = batch.columns['series_id'] as readonly string[];
    const observed = batch.columns['observation_date'] as Int32Array;
    const given = batch.columns['available_at'] as Int32Array | undefined;
    const available = Int32Array.from(observed, (day, i) => (given && given[i] !== MISSING_DATE ? given[i] : isDay(day) ? macroAvailableAt(ids[i], day) : MISSING_DATE));
    yield { rowCount: batch.rowCount, columns: { ...batch.columns, available_at: available } };
  }
}
