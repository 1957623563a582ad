import { ConfigError } from '../../core/errors.js';
import type { MarketDataProvider } from '../provider.js';
import { sampleFolder } from '../sample.js';
import { openFilesFolder } from './files/provider.js';

/** What a provider is opened with; each takes what it needs. */
export interface ProviderSettings {
  /** Folder that holds `source.json`; files only. */
  readonly folder?: string;
}

/** A source of market data that can be chosen by name. */
export interface ProviderEntry {
  /** As in `data.source` of the configuration. */
  readonly name: string;
  readonly describe: string;
  /** @throws ConfigError when a setting it needs is absent; DataError when what it names is not what it should be */
  open(settings: ProviderSettings): Promise<MarketDataProvider>;
}

const sample: ProviderEntry = {
  name: 'sample',
  describe: 'the bundled real bars of 2013 to 2018',
  open: () => openFilesFolder(sampleFolder()),
};

const files: ProviderEntry = {
  name: 'files',
  describe: 'Parquet and CSV files in a folder that source.json describes',
  async open({ folder }) {
    if (folder === undefined) throw new ConfigError('expected data.folder, which data.source "files" needs, found none', { code: 'NO_FOLDER' });
    return openFilesFolder(folder);
  },
};

/** Every provider that can be chosen by name. */
export const PROVIDERS: readonly ProviderEntry[] = [sample, files];

/** @throws ConfigError for a name that is not in the list */
export async function openProvider(name: string, settings: ProviderSettings = {}): Promise<MarketDataProvider> {
  const entry = PROVIDERS.find((one) => one.name === name);
  if (!entry) throw new ConfigError(`expected one of the providers ${PROVIDERS.map((one) => one.name).join(', ')}, found "${name}"`, { code: 'UNKNOWN_PROVIDER', fields: { name } });
  return entry.open(settings);
}
