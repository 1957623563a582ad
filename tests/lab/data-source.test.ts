import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { systemClock } from '../../src/core/clock.js';
import { ConfigError, DataError } from '../../src/core/errors.js';
import { dataConfig, type DataConfig } from '../../src/data/config.js';
import { importFrom } from '../../src/data/import.js';
import { openFiles } from '../../src/data/providers/files/provider.js';
import { Store } from '../../src/data/store/store.js';
import { prepareData, type PreparedData } from '../../src/lab/data-source.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let small: string;
let stores = 0;

beforeAll(async () => {
  place = await temporaryFolder();
  small = await writeSmallMarket(join(place.folder, 'small'));
});
afterAll(() => place.remove());

const freshStore = (): Promise<Store> => Store.open(join(place.folder, `store-${++stores}`));
const files = (folder: string): DataConfig => dataConfig.parse({ source: 'files', folder });
const prepare = (store: Store, config: DataConfig): Promise<PreparedData> => prepareData(store, config, { clock: eveningOf(TODAY), root: place.folder });
const providers = async (store: Store): Promise<Record<string, string>> => Object.fromEntries(Object.entries((await store.manifest()).datasets).map(([name, { provider }]) => [name, provider]));

/** A copy of the small market under another name, or with a changed file. */
async function copyOf(folder: string, changes: { name?: string; membership?: (text: string) => string }): Promise<string> {
  const to = join(place.folder, folder);
  await cp(small, to, { recursive: true });
  const change = async (file: string, edit: (text: string) => string): Promise<void> => writeFile(join(to, file), edit(await readFile(join(to, file), 'utf8')));
  if (changes.name !== undefined) await change('source.json', (text) => text.replace('"small"', JSON.stringify(changes.name)));
  if (changes.membership) await change('membership.csv', changes.membership);
  return to;
}

describe('data of a folder of files', () => {
  it('come in once', async () => {
    const store = await freshStore();
    const first = await prepare(store, files(small));
    expect(first).toMatchObject({ imported: 'small' });
    expect(first.rows).toBeGreaterThan(12_000);
    const { version } = await store.manifest();
    expect(await prepare(store, files(small))).toEqual({ imported: null, rows: 0 });
    expect((await store.manifest()).version).toBe(version);
  });

  it('come in again where they changed, and only there', async () => {
    const store = await freshStore();
    const folder = await copyOf('changing', {});
    await prepare(store, files(folder));
    await writeFile(join(folder, 'membership.csv'), `${await readFile(join(folder, 'membership.csv'), 'utf8')}\nsp500,ZZZ,2018-01-02,`);
    expect(await prepare(store, files(folder))).toEqual({ imported: 'small', rows: 31 });
  });

  it('are found relative to the configuration', async () => {
    expect(await prepare(await freshStore(), files('small'))).toMatchObject({ imported: 'small' });
  });

  it('come in whole from a provider of another name, though its files are the same', async () => {
    const store = await freshStore();
    await prepare(store, files(await copyOf('as-sample', { name: 'sample' })));
    expect(await providers(store)).toEqual({ bars: 'sample', membership: 'sample', reference: 'sample', symbol_history: 'sample' });
    // as when somebody takes the sample's list of members over for bars of their own
    await prepare(store, files(await copyOf('own', { name: 'own', membership: (text) => text })));
    expect(await providers(store)).toEqual({ bars: 'own', membership: 'own', reference: 'own', symbol_history: 'own' });
  });

  it('must be named', async () => {
    await expect(prepare(await freshStore(), dataConfig.parse({ source: 'files' }))).rejects.toThrow('expected data.folder');
  });

  it('must be there', async () => {
    await expect(prepare(await freshStore(), files('nowhere'))).rejects.toThrow(DataError);
  });
});

describe('data of the store', () => {
  it('must have been imported', async () => {
    const error: unknown = await prepare(await freshStore(), dataConfig.parse({ source: 'store' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toContain('import them with: swing data import <files>');
  });

  it.each(['store', 'auto'] as const)('are left as they are by source %s', async (source) => {
    const store = await freshStore();
    await importFrom(await openFiles([{ path: join(small, 'bars.parquet') }]), store, { clock: eveningOf(TODAY) });
    const before = await store.manifest();
    expect(await prepare(store, dataConfig.parse({ source }))).toEqual({ imported: null, rows: 0 });
    expect(await store.manifest()).toEqual(before);
  });

  it('do not mix with the bundled sample', async () => {
    const store = await freshStore();
    await importFrom(await openFiles([{ path: join(small, 'bars.parquet') }]), store, { clock: eveningOf(TODAY) });
    await expect(prepare(store, dataConfig.parse({ source: 'sample' }))).rejects.toThrow(ConfigError);
  });
});

describe('the bundled sample', () => {
  it('comes in where nobody has imported anything', async () => {
    const store = await freshStore();
    const seen: string[] = [];
    const { imported, rows } = await prepareData(store, dataConfig.parse({}), { clock: systemClock, root: place.folder, onRows: (dataset) => seen.push(dataset) });
    expect(imported).toBe('sample');
    expect(rows).toBeGreaterThan(619_040);
    expect(new Set(seen)).toEqual(new Set(['bars', 'membership', 'symbol_history', 'reference', 'macro']));
  }, 60_000);

  it('stops coming in when told to', async () => {
    const store = await freshStore();
    await expect(prepareData(store, dataConfig.parse({}), { clock: eveningOf(TODAY), root: place.folder, signal: AbortSignal.abort() })).rejects.toThrow();
    expect((await store.manifest()).version).toBe(0);
  });
});
