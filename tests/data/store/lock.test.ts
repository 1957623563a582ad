import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { LockError } from '../../../src/core/errors.js';
import { takeLock } from '../../../src/data/store/lock.js';
import { Store } from '../../../src/data/store/store.js';
import { bar, CLOCK, storedBars, temporaryFolder, temporaryStore, write } from './rows.js';
import { startScript } from './script.js';

const holder = (path: string): string => `
  const { takeLock } = await load('src/data/store/lock.js');
  const lock = await takeLock(${JSON.stringify(path)}, 'waits');
  process.on('SIGUSR2', () => { lock.release(); console.log('released'); });
  console.log('held');
  setInterval(() => {}, 1000);
`;

describe('the lock of a store', () => {
  it('is held by one at a time within a process, and free again after release', async () => {
    const path = join(await temporaryFolder(), 'store.lock');
    const lock = await takeLock(path, 'writes to the store');
    const error = await takeLock(path, 'writes to the store').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LockError);
    expect(error).toMatchObject({ code: 'LOCKED', retryable: true, fields: { path } });
    expect((error as LockError).message).toBe(`expected to be the only process that writes to the store, found this process already doing so (lock "${path}"); wait until it ends`);
    lock.release();
    lock.release();
    const next = await takeLock(path, 'writes to the store');
    expect(await takeLock(path, 'x').catch((reason: unknown) => reason)).toBeInstanceOf(LockError);
    next.release();
  });

  it('is the same however its path is written', async () => {
    const folder = await temporaryFolder();
    const lock = await takeLock(join(folder, 'store.lock'), 'writes');
    await expect(takeLock(`${folder}/x/../store.lock`, 'writes')).rejects.toThrow(LockError);
    lock.release();
  });

  it('of one store does not concern another', async () => {
    const folder = await temporaryFolder();
    const locks = await Promise.all(['a', 'b', 'c'].map((name) => takeLock(join(folder, name, 'store.lock'), 'writes')));
    locks.forEach((lock) => lock.release());
    expect(await readdir(folder)).toEqual(['a', 'b', 'c']);
  });

  it('leaves one file and nothing else', async () => {
    const folder = await temporaryFolder();
    for (let i = 0; i < 3; i++) (await takeLock(join(folder, 'store.lock'), 'writes')).release();
    expect(await readdir(folder)).toEqual(['store.lock']);
    expect((await stat(join(folder, 'store.lock'))).size).toBeGreaterThan(0);
  });

  it('cannot be taken where no file can be', async () => {
    const folder = await temporaryFolder();
    (await takeLock(join(folder, 'store.lock'), 'writes')).release();
    await expect(takeLock(join(folder, 'store.lock', 'inside'), 'writes')).rejects.toMatchObject({ code: 'LOCK_FAILED' });
  });
});

describe('another process', () => {
  it('that holds the lock keeps this one out, is named, and lets it in when it ends, even by SIGKILL', async () => {
    const path = join(await temporaryFolder(), 'store.lock');
    const child = startScript(holder(path));
    expect(await child.line()).toBe('held');
    const error = await takeLock(path, 'writes').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LockError);
    expect((error as LockError).message).toContain(`found PID ${child.process.pid} doing so`);
    child.process.kill('SIGKILL');
    expect((await child.end()).code).toBe('SIGKILL');
    (await takeLock(path, 'writes')).release();
  });

  it('that lets go while it lives on lets this one in', async () => {
    const path = join(await temporaryFolder(), 'store.lock');
    const child = startScript(holder(path));
    expect(await child.line()).toBe('held');
    child.process.kill('SIGUSR2');
    expect(await child.line()).toBe('released');
    (await takeLock(path, 'writes')).release();
  });

  it('that writes keeps commits out and readers in', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')])], { clock: CLOCK });
    const child = startScript(holder(join(store.folder, 'store.lock')));
    expect(await child.line()).toBe('held');
    await expect(store.commit([write('bars', [bar('AA', '2018-01-03')])], { clock: CLOCK })).rejects.toThrow(LockError);
    expect(await storedBars(await Store.open(store.folder))).toEqual(['AA 2018-01-02 10']);
  });
});

describe('four processes that commit as fast as they can', () => {
  const COMMITS = 3;
  const writer = (folder: string, name: string): string => `
    const { Store } = await load('src/data/store/store.js');
    const { fixedClock } = await load('src/core/clock.js');
    const { datasetSchema } = await load('src/data/datasets.js');
    const { LockError } = await load('src/core/errors.js');
    const store = await Store.open(${JSON.stringify(folder)});
    const provenance = { source: 'test', licence: 'CC0-1.0', priceBasis: 'raw' };
    let refused = 0;
    for (let i = 0; i < ${COMMITS}; ) {
      const columns = { symbol: [${JSON.stringify(name)} + i], session: Int32Array.of(17533), close: Float64Array.of(i + 1) };
      try {
        await store.commit([{ dataset: 'bars', schema: datasetSchema('bars'), provider: 'test', provenance, mode: 'merge', batches: [{ rowCount: 1, columns }] }], { clock: fixedClock(${CLOCK.now()}) });
        i += 1;
      } catch (error) {
        if (!(error instanceof LockError)) throw error;
        refused += 1;
        await new Promise((resolve) => setTimeout(resolve, 10 + 20 * (refused % 4)));
      }
    }
    console.log(refused);
  `;

  it('lose nothing, and whoever reads meanwhile sees a whole state', { timeout: 60_000 }, async () => {
    const store = await temporaryStore();
    const children = ['A', 'B', 'C', 'D'].map((name) => startScript(writer(store.folder, name)));
    let running = true;
    const ends = Promise.all(children.map((child) => child.end())).finally(() => (running = false));
    let seen = 0;
    while (running) {
      const { version, count } = await store.query(async (connection, manifest) => ({ version: manifest.version, count: manifest.version === 0 ? 0 : Number((await connection.runAndReadAll('select count(*) from bars')).getRows()[0][0]) }));
      expect(count).toBe(version);
      expect(version).toBeGreaterThanOrEqual(seen);
      seen = version;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await ends).map(({ code, stderr }) => [code, stderr])).toEqual(children.map(() => [0, '']));
    const expected = ['A', 'B', 'C', 'D'].flatMap((name) => Array.from({ length: COMMITS }, (_, i) => `${name}${i} 2018-01-02 ${i + 1}`));
    expect(await storedBars(store)).toEqual(expected);
    expect((await store.manifest()).version).toBe(4 * COMMITS);
    const refused = await Promise.all(children.map(async (child) => Number(await child.line())));
    expect(refused.reduce((a, b) => a + b)).toBeGreaterThan(0); // else nobody was in anybody's way, and this shows nothing
  });
});
