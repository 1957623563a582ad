import { resolve } from 'node:path';

import type { Clock } from '../core/clock.js';
import { isoDate } from '../core/dates.js';
import { ConfigError, DataError } from '../core/errors.js';
import type { DataConfig } from '../data/config.js';
import { importFrom, ownDatasets } from '../data/import.js';
import type { MarketDataProvider } from '../data/provider.js';
import { openProvider } from '../data/providers/registry.js';
import type { Manifest } from '../data/store/manifest.js';
import type { Store } from '../data/store/store.js';
import { PURE_NOISE } from '../simulation/settings.js';
import { syntheticProvider } from './synthetic-provider.js';

export interface PrepareOptions {
  readonly clock: Clock;
  /** Folder that relative paths of the configuration belong to. */
  readonly root: string;
  readonly signal?: AbortSignal;
  readonly onRows?: (dataset: string, rows: number) => void;
}

export interface PreparedData {
  /** Provider brought in, `null` when the store was up to date or holds imported data. */
  readonly imported: string | null;
  readonly rows: number;
}

/**
 * Sees that the store holds what the configuration names, importing only what changed.
 * @throws DataError when it is told to use the store and the store holds no bars
 */
export async function prepareData(store: Store, config: DataConfig, options: PrepareOptions): Promise<PreparedData> {
  const manifest = await store.manifest();
  const provider = await wantedProvider(config, manifest, options.root);
  if (provider === null) {
    if (!manifest.datasets['bars']) throw new DataError(`expected imported bars in the store "${store.folder}", found none; import them with: swing data import <files>, or set data.source to sample`, { code: 'NO_DATASET', fields: { dataset: 'bars' } });
    return { imported: null, rows: 0 };
  }
  const stale = await Promise.all(provider.capabilities.map(async (dataset) => manifest.datasets[dataset]?.provider !== provider.name || (manifest.datasets[dataset].fingerprint ?? '') !== (await provider.fingerprint?.(dataset))));
  const datasets = provider.capabilities.filter((_, i) => stale[i]);
  if (datasets.length === 0) return { imported: null, rows: 0 };
  const report = await importFrom(provider, store, { clock: options.clock, datasets, mode: 'replace', ...(options.signal ? { signal: options.signal } : {}), ...(options.onRows ? { onRows: options.onRows } : {}) });
  return { imported: provider.name, rows: report.datasets.reduce((sum, { delivered }) => sum + delivered, 0) };
}

async function wantedProvider(config: DataConfig, manifest: Manifest, root: string): Promise<MarketDataProvider | null> {
  const own = ownDatasets(manifest);
  switch (config.source) {
    case 'store':
      return null;
    case 'sample':
    case 'synthetic':
      if (own.length > 0) throw new ConfigError(`expected a store without own data for data.source "${config.source}", found ${own.map((name) => `${name} of "${manifest.datasets[name].provider}"`).join(', ')}; set data.source to store, or paths.store to another folder`, { code: 'OWN_DATA' });
      return config.source === 'sample' ? openProvider('sample') : syntheticOf(config);
    case 'auto':
      return own.length > 0 ? null : openProvider('sample');
    case 'files':
      return openProvider('files', config.folder === undefined ? {} : { folder: resolve(root, config.folder) });
  }
}

function syntheticOf({ universe, synthetic: { seed, symbols, start, end, planted, underlyings, chainSessions } }: DataConfig): MarketDataProvider {
  const options = underlyings === 0 ? null : { ...(planted ? {} : PURE_NOISE.options), underlyings, sessions: chainSessions };
  return syntheticProvider({ seed, universe, simulation: { ...(planted ? {} : PURE_NOISE), symbols, start: isoDate(start), end: isoDate(end), options } });
}
