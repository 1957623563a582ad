import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { DataError } from '../../../src/core/errors.js';
import { readManifest } from '../../../src/data/store/manifest.js';
import { Store } from '../../../src/data/store/store.js';
import { bar, CLOCK, temporaryFolder, temporaryStore, write } from './rows.js';

interface Parts {
  schemaVersion?: unknown;
  datasets: Record<string, Record<string, unknown> & { partitions: Record<string, unknown>[] }>;
  [name: string]: unknown;
}

/** A store whose manifest was changed behind its back. */
async function changed(change: (manifest: Parts) => unknown): Promise<string> {
  const store = await temporaryStore();
  await store.commit([write('bars', [bar('AA', '2018-01-02')])], { clock: CLOCK });
  const path = join(store.folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Parts;
  const next = change(manifest) ?? manifest;
  await writeFile(path, typeof next === 'string' ? next : JSON.stringify(next));
  return store.folder;
}

describe('the manifest of a store', () => {
  it('is that of an empty store where there is none', async () => {
    expect(await readManifest(join(await temporaryFolder(), 'nothing'))).toEqual({ schemaVersion: 1, version: 0, datasets: {} });
  });

  it('is text that a person can read', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')])], { clock: CLOCK });
    const text = await readFile(join(store.folder, 'manifest.json'), 'utf8');
    expect(text).toContain('\n  "schemaVersion": 1,\n');
    expect(JSON.parse(text)).toEqual(await store.manifest());
  });

  it.each([
    ['of another version', (manifest: Parts) => ({ ...manifest, schemaVersion: 2 }), 'STORE_VERSION', 'expected a store of schema version 1, found 2 in'],
    ['without a version', ({ schemaVersion: _, ...rest }: Parts) => rest, 'STORE_VERSION', 'found undefined in'],
    ['that is cut off', (manifest: Parts) => JSON.stringify(manifest).slice(0, 100), 'BAD_MANIFEST', 'expected JSON in the store manifest'],
    ['that is empty', () => ' ', 'BAD_MANIFEST', 'expected JSON in the store manifest'],
    ['that is not an object', () => 'null', 'STORE_VERSION', 'found undefined in'],
    ['with a negative count', (manifest: Parts) => ({ ...manifest, version: -1 }), 'BAD_MANIFEST', 'at version in'],
    ['with an unknown key', (manifest: Parts) => ({ ...manifest, extra: 1 }), 'BAD_MANIFEST', 'expected a valid store manifest'],
    ['with a dataset that lacks its source', (manifest: Parts) => void delete manifest.datasets['bars']['source'], 'BAD_MANIFEST', 'at datasets.bars.source in'],
    ['with a hash that is none', (manifest: Parts) => void (manifest.datasets['bars'].partitions[0]['sha256'] = 'abc'), 'BAD_MANIFEST', 'at datasets.bars.partitions.0.sha256 in'],
  ])('is refused when it is one %s, naming the file', async (_, change, code, message) => {
    const folder = await changed(change);
    const error = await Store.open(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code });
    expect((error as DataError).message).toContain(message);
    expect((error as DataError).message).toContain(join(folder, 'manifest.json'));
  });

  it('is not written over while it cannot be read', async () => {
    const folder = await changed(() => '{');
    const store = await Store.open(join(folder, 'other'));
    const damaged = Object.assign(Object.create(Object.getPrototypeOf(store) as object) as Store, { folder });
    await expect(damaged.commit([write('bars', [bar('AA', '2018-01-03')])], { clock: CLOCK })).rejects.toMatchObject({ code: 'BAD_MANIFEST' });
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe('{');
  });

  it('is refused when a folder stands in its place', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'manifest.json'));
    await expect(Store.open(folder)).rejects.toMatchObject({ code: 'UNREADABLE_MANIFEST' });
  });
});
