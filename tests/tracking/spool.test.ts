import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { Spool } from '../../src/tracking/spool/spool.js';
import { takeSpoolLock } from '../../src/tracking/spool/spool-lock.js';
import { writerState } from '../../src/tracking/spool/writer.js';
import { startScript } from '../data/store/script.js';
import { temporaryFolder } from './temporary-folder.js';

const job = (id: string) => ({ kind: 'run', experiment: 'ranker', id }) as const;
const idsIn = async (spool: Spool): Promise<string[]> => (await spool.entries()).map(({ job: one }) => (one.kind === 'run' ? one.id : one.kind));

describe('a spool', () => {
  it('gives each entry its number, whichever of many processes and calls put it in', { timeout: 60_000 }, async () => {
    const folder = join(await temporaryFolder(), 'spool');
    const script = `
      const { Spool } = await load('src/tracking/spool/spool.js');
      const spool = new Spool(${JSON.stringify(folder)});
      console.log('on');
      await Promise.all(Array.from({ length: 10 }, (_, at) => spool.add({ kind: 'run', experiment: 'ranker', id: process.pid + '-' + at })));
    `;
    const children = [0, 1, 2].map(() => startScript(script));
    expect((await Promise.all(children.map((child) => child.end()))).map(({ code, stderr }) => [code, stderr])).toEqual([[0, ''], [0, ''], [0, '']]);
    const entries = await new Spool(folder).entries();
    expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(new Set(await idsIn(new Spool(folder))).size).toBe(30);
    expect((await readdir(folder)).every((name) => /^\d{6}$/.test(name))).toBe(true);
  });

  it('keeps its order, and never gives the number of what waits again', async () => {
    const spool = new Spool(join(await temporaryFolder(), 'spool'));
    const [one, two] = [await spool.add(job('one')), await spool.add(job('two'))];
    await spool.remove(one);
    await spool.remove(one); // by another deliverer
    expect((await spool.add(job('three'))).number).toBe(3);
    expect(await idsIn(spool)).toEqual(['two', 'three']);
    await spool.close(two);
    expect(await Promise.all((await spool.entries()).map((entry) => spool.isClosed(entry)))).toEqual([true, false]);
  });

  it('keeps what an entry holds until it is gone, and sweeps what a kill left of it', async () => {
    const folder = join(await temporaryFolder(), 'spool');
    const spool = new Spool(folder);
    const entry = await spool.add({ kind: 'promotion', registered: 'a', model: 'b', alias: 'c' }, { 'a.txt': 'x', 'b/c.bin': Uint8Array.of(1, 2) });
    expect(await spool.files(entry)).toEqual(['a.txt', 'b/c.bin']);
    expect([...(await spool.readFile(entry, 'b/c.bin'))]).toEqual([1, 2]);
    await mkdir(join(folder, '000007.done/files'), { recursive: true });
    await mkdir(join(folder, 'new.1-a-1.tmp'));
    const old = join(folder, 'new.1-a-2.tmp');
    await mkdir(old);
    await utimes(old, 0, 0);
    expect((await spool.add(job('next'))).number).toBe(8);
    await spool.entries();
    expect((await readdir(folder)).sort()).toEqual(['000001', '000008', 'new.1-a-1.tmp']);
  });

  it('is in nobody\'s way where an experiment has its name', async () => {
    const folder = join(await temporaryFolder(), 'spool');
    await mkdir(join(folder, '1234567890123456'), { recursive: true });
    const spool = new Spool(folder);
    expect((await spool.add(job('one'))).number).toBe(1);
    expect(await idsIn(spool)).toEqual(['one']);
  });

  it('names an entry that is damaged', async () => {
    const folder = join(await temporaryFolder(), 'spool');
    const spool = new Spool(folder);
    const { path } = await spool.add(job('one'));
    await writeFile(join(path, 'job.json'), '{');
    await expect(spool.entries()).rejects.toMatchObject({ code: 'DAMAGED_SPOOL', fields: { path, hint: expect.stringContaining(path) } });
  });
});

describe('the writer of an entry', () => {
  it('is known to live or not on this machine, and on no other', async () => {
    const child = startScript("console.log('on'); setTimeout(() => undefined, 60000);");
    await child.line();
    const writer = { pid: child.process.pid!, host: hostname(), bornAt: 0 };
    expect(writerState(writer)).toBe('running');
    expect(writerState({ ...writer, host: 'elsewhere' })).toBe('elsewhere');
    expect(writerState({ ...writer, pid: process.pid })).toBe('gone'); // an earlier process of this number
    child.process.kill('SIGKILL');
    await child.end();
    expect(writerState(writer)).toBe('gone');
  });
});

describe('the lock of a spool', () => {
  it('is held by one at a time, and by nobody after a kill', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder();
    const first = await takeSpoolLock(folder);
    expect(await takeSpoolLock(folder)).toBeNull();
    await first!.release();
    const holder = startScript(`
      const { takeSpoolLock } = await load('src/tracking/spool/spool-lock.js');
      console.log((await takeSpoolLock(${JSON.stringify(folder)})) === null ? 'busy' : 'held');
      setTimeout(() => undefined, 60000);
    `);
    expect(await holder.line()).toBe('held');
    expect(await takeSpoolLock(folder)).toBeNull();
    holder.process.kill('SIGKILL');
    await holder.end();
    const taken = await Promise.all([1, 2, 3, 4].map(() => takeSpoolLock(folder)));
    expect(taken.filter((lock) => lock !== null)).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.startsWith('lock-'))).toHaveLength(1);
  });

  it('of a holder elsewhere is taken once that has been silent for a minute', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'lock-1.json');
    await writeFile(path, JSON.stringify({ writer: { pid: 1, host: 'elsewhere', bornAt: 0 } }));
    expect(await takeSpoolLock(folder)).toBeNull();
    const then = (Date.now() - 70_000) / 1000;
    await utimes(path, then, then);
    expect(await takeSpoolLock(folder)).not.toBeNull();
  });

  it('never goes to one who makes an old number anew', async () => {
    const folder = await temporaryFolder();
    for (let round = 0; round < 5; round++) await (await takeSpoolLock(folder))!.release();
    expect((await readdir(folder)).sort()).toEqual(['lock-5.json']);
    expect(await takeSpoolLock(folder)).not.toBeNull();
    expect(await readdir(folder)).toEqual(['lock-6.json']);
  });
});
