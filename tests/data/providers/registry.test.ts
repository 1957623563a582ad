import { rm } from 'node:fs/promises';

import { afterAll, describe, expect, it } from 'vitest';

import { ConfigError } from '../../../src/core/errors.js';
import { DATASET_NAMES, type DatasetName } from '../../../src/data/datasets.js';
import { openProvider, PROVIDERS, type ProviderSettings } from '../../../src/data/providers/registry.js';
import type { MarketDataProvider } from '../../../src/data/provider.js';
import { testProviderContract } from '../../contracts/provider.js';
import { folderOfAll } from './all-datasets.js';

const folder = await folderOfAll();
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How each provider of the registry is opened here, and what it then has. */
const CASES: Readonly<Record<string, { readonly settings: ProviderSettings; readonly datasets: readonly DatasetName[] }>> = {
  sample: { settings: {}, datasets: ['bars', 'membership', 'symbol_history', 'reference', 'macro'] },
  files: { settings: { folder }, datasets: DATASET_NAMES },
};

/** The contract looks at every row several times: of the sample's 600,000 bars a few symbols do. */
function withFewBars(provider: MarketDataProvider): MarketDataProvider {
  const few = ['AAPL', 'BRK-B', 'DHR'];
  return { ...provider, fetch: (dataset, request, options) => provider.fetch(dataset, dataset === 'bars' && provider.name === 'sample' ? { ...request, symbols: request.symbols?.filter((symbol) => few.includes(symbol)) ?? few } : request, options) };
}

describe('the registry of providers', () => {
  it('names each provider once, with a description', () => {
    expect(new Set(PROVIDERS.map(({ name }) => name)).size).toBe(PROVIDERS.length);
    expect(PROVIDERS.every(({ name, describe: text }) => /^[a-z][a-z0-9-]*$/.test(name) && text.length > 10)).toBe(true);
  });

  it('has a case here for each provider', () => {
    expect(PROVIDERS.map(({ name }) => name).sort()).toEqual(Object.keys(CASES).sort());
  });

  it('refuses a name that it does not have, and files without a folder', async () => {
    const error = await openProvider('bloomberg').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: 'UNKNOWN_PROVIDER', message: 'expected one of the providers sample, files, found "bloomberg"' });
    await expect(openProvider('files')).rejects.toMatchObject({ code: 'NO_FOLDER' });
  });
});

for (const { name, open } of PROVIDERS) {
  const { settings, datasets } = CASES[name];
  testProviderContract(name, async () => withFewBars(await open(settings)), datasets);
}
