import { join } from 'node:path';

import type { LoadedConfig } from '../../config/load.js';
import type { Clock } from '../../core/clock.js';
import { importFrom } from '../../data/import.js';
import { openFilesFolder } from '../../data/providers/files/provider.js';
import { optionsSampleFolder } from '../../data/sample.js';
import { Store } from '../../data/store/store.js';
import { prepareData } from '../data-source.js';

/** A store with option chains. */
export interface ChainStore {
  readonly store: Store;
  /** It holds the bundled chains, nobody's own. */
  readonly isSample: boolean;
}

/** Folder of the bundled chains below the project: they are of other companies and years than the bundled bars, and never among own data. */
const SAMPLE_FOLDER = 'options-sample';

/**
 * The store that option chains are read from: the project's, where it has any, else one of its own with the bundled ones.
 * @throws DataError or ConfigError as `prepareData` does, where the configuration names a source whose data is still to be brought in
 */
export async function openChainStore({ config, paths, root }: Pick<LoadedConfig, 'config' | 'paths' | 'root'>, { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal }): Promise<ChainStore> {
  const given = signal ? { signal } : {};
  const own = await Store.open(paths.store);
  if (config.data.source === 'synthetic' || config.data.source === 'files') await prepareData(own, config.data, { clock, root, ...given });
  if ((await own.entry('option_chains')) !== null) return { store: own, isSample: false };
  const store = await Store.open(join(root, SAMPLE_FOLDER));
  const provider = await openFilesFolder(optionsSampleFolder());
  const entry = await store.entry('option_chains');
  const now = await provider.fingerprint?.('option_chains');
  if (entry === null || entry.fingerprint !== now) await importFrom(provider, store, { clock, mode: 'replace', ...given });
  return { store, isSample: true };
}
