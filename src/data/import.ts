import type { Clock } from '../core/clock.js';
import { ConfigError } from '../core/errors.js';
import { datasetSchema, type DatasetName } from './datasets.js';
import { macroAvailableAt } from './macro-lags.js';
import { MISSING_DATE, type Batch, type DataRequest, type MarketDataProvider } from './provider.js';
import { RECORD_NAMES } from './records.js';
import type { DuplicatePolicy } from './store/duplicates.js';
import type { CommitReport, Store } from './store/store.js';
import type { DatasetWrite } from './store/write-dataset.js';

/** Provider name of the bundled sample; its data leaves the store when anything else comes in. */
export const SAMPLE_PROVIDER = 'sample';

export interface ImportOptions {
  readonly clock: Clock;
  /** All the provider has when absent. */
  readonly datasets?: readonly DatasetName[];
  readonly request?: DataRequest;
  readonly mode?: 'merge' | 'replace';
  readonly duplicates?: DuplicatePolicy;
  readonly setAside?: boolean;
  readonly signal?: AbortSignal;
  readonly onRows?: (dataset: string, rows: number) => void;
}

export interface ImportReport extends CommitReport {
  /** Datasets of the bundled sample, and results computed on it, that left the store. */
  readonly dropped: readonly string[];
}

/**
 * Brings a provider's datasets into the store in one commit: all of them or none.
 *
 * Own data never mixes with the bundled sample: its datasets, and the paper book kept on it, leave in the same commit.
 */
export async function importFrom(provider: MarketDataProvider, store: Store, options: ImportOptions): Promise<ImportReport> {
  const datasets = options.datasets ?? provider.capabilities;
  for (const dataset of datasets) {
    if (!provider.capabilities.includes(dataset)) throw new ConfigError(`expected a dataset that provider "${provider.name}" has (${provider.capabilities.join(', ')}), found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { dataset } });
  }
  const held = (await store.manifest()).datasets;
  const leaving = provider.name === SAMPLE_PROVIDER ? [] : Object.keys(held).filter((name) => held[name].provider === SAMPLE_PROVIDER);
  const dropped = leaving.length === 0 ? [] : [...leaving, ...RECORD_NAMES.filter((name) => held[name])];
  const fingerprints = new Map(await Promise.all(datasets.map(async (dataset) => [dataset, await provider.fingerprint?.(dataset)] as const)));
  const writes = datasets.map((dataset): DatasetWrite => {
    const fingerprint = fingerprints.get(dataset);
    const batches = provider.fetch(dataset, options.request ?? {}, options.signal ? { signal: options.signal } : {});
    return { dataset, schema: datasetSchema(dataset), provider: provider.name, ...(fingerprint === undefined ? {} : { fingerprint }), provenance: provider.provenance(dataset), mode: options.mode ?? 'merge', batches: dataset === 'macro' ? withAvailability(batches) : batches };
  });
  const report = await store.commit(writes, { ...options, dropped });
  return { ...report, dropped };
}

/** Adds, where the source does not say it, from when on each macro observation counts as public. */
async function* withAvailability(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    const ids = batch.columns['series_id'] as readonly string[];
    const observed = batch.columns['observation_date'] as Int32Array;
    const given = batch.columns['available_at'] as Int32Array | undefined;
    const available = Int32Array.from(observed, (day, i) => (given && given[i] !== MISSING_DATE ? given[i] : day === MISSING_DATE ? MISSING_DATE : macroAvailableAt(ids[i], day)));
    yield { rowCount: batch.rowCount, columns: { ...batch.columns, available_at: available } };
  }
}
