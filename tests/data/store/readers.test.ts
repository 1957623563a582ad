import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { DataError } from '../../../src/core/errors.js';
import { rows } from '../../../src/data/store/duckdb.js';
import { requireDataset, Store } from '../../../src/data/store/store.js';
import { bar, CLOCK, storedBars, temporaryFolder, temporaryStore, write } from './rows.js';

const commit = (store: Store, close: number): Promise<unknown> => store.commit([write('bars', [bar('AA', '2018-01-02', close)])], { clock: CLOCK });

describe('a reader', () => {
  it('sees one state of the store: datasets as views, and the manifest they belong to', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2016-01-04'), bar('AA', '2018-01-02')]), write('membership', [{ symbol: 'AA', start_date: '2018-01-02' }])], { clock: CLOCK });
    const found = await store.query(async (connection, manifest) => ({ version: manifest.version, rows: await rows(connection, 'select count(*) as n from bars join membership using (symbol)') }));
    expect(found).toEqual({ version: 1, rows: [{ n: 2 }] });
  });

  it('that one commit overtakes finishes on the state that it began with', async () => {
    const store = await temporaryStore();
    await commit(store, 1);
    let runs = 0;
    const found = await store.query(async (connection) => {
      runs += 1;
      await commit(store, 2);
      return rows(connection, 'select close from bars');
    });
    expect({ found, runs }).toEqual({ found: [{ close: 1 }], runs: 1 });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 2']);
  });

  it('that two commits overtake starts again on the newer state', async () => {
    const store = await temporaryStore();
    await commit(store, 1);
    let runs = 0;
    const found = await store.query(async (connection, manifest) => {
      runs += 1;
      if (runs === 1) {
        await commit(store, 2);
        await commit(store, 3);
      }
      return { version: manifest.version, rows: await rows(connection, 'select close from bars') };
    });
    expect({ found, runs }).toEqual({ found: { version: 3, rows: [{ close: 3 }] }, runs: 2 });
  });

  it('gets its own errors, once, when nothing overtook it', async () => {
    const store = await temporaryStore();
    await commit(store, 1);
    let runs = 0;
    const mine = new RangeError('mine');
    await expect(store.query(async () => { runs += 1; throw mine; })).rejects.toBe(mine);
    expect(runs).toBe(1);
  });

  it.each([
    ['is gone', (path: string) => rm(path)],
    ['is cut off', (path: string) => truncate(path, 100)],
    ['holds something else', (path: string) => writeFile(path, 'hello')],
    ['was changed in the middle', async (path: string) => {
      const bytes = await readFile(path);
      bytes.fill(0xff, 4, bytes.length - 600);
      await writeFile(path, bytes);
    }],
  ])('hears which file it is that %s', async (_, damage) => {
    const store = await temporaryStore();
    await commit(store, 1);
    const { path } = (await store.entry('bars'))!.partitions[0];
    await damage(join(store.folder, path));
    const error = await storedBars(store).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toContain(path);
    await commit(store, 2).catch(() => undefined);
    await store.commit([write('bars', [bar('AA', '2018-01-02', 1)], { mode: 'replace' })], { clock: CLOCK });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 1']);
  });

  it('reads the store whatever its folder is called', async () => {
    const outer = await temporaryFolder();
    for (const name of ['data 2', 'data [2018]', 'what?', "it's * fine", 'symbol=ZZ', '50%', 'Ürümqi 金']) {
      await mkdir(join(outer, name));
      const store = await Store.open(join(outer, name));
      await commit(store, name.length);
      await store.commit([write('bars', [bar('AA', '2018-01-03', 7)])], { clock: CLOCK });
      expect(await storedBars(store), name).toEqual([`AA 2018-01-02 ${name.length}`, 'AA 2018-01-03 7']);
    }
  });

  it('is told how to get a dataset that the store does not hold', async () => {
    const store = await temporaryStore();
    expect(() => requireDataset({ schemaVersion: 1, version: 0, datasets: {} }, 'bars', '/s')).toThrow('expected the dataset "bars" in the store "/s", found nothing; import it with: swing data import bars=<file>');
    await commit(store, 1);
    const manifest = await store.manifest();
    expect(requireDataset(manifest, 'bars', store.folder).rows).toBe(1);
    expect(() => requireDataset(manifest, 'membership', store.folder)).toThrow('found bars;');
  });
});
