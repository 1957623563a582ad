import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { fixedClock } from '../../src/core/clock.js';
import { Store } from '../../src/data/store/store.js';
import { chainSessions } from '../../src/data/option-chains/read-chains.js';
import { DAYS, rowsStamped } from '../data/option-chains/rows-stamped.js';
import { chainsOf, shown } from '../data/option-chains/chains.js';
import { contractBody, fakeMassive, json, page, type Reply } from '../data/providers/massive/fake-massive.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/options.js'), () => import('../../src/cli/commands/data.js')];
const KEY = 'a-very-secret-key';
/** The evening of 2026-07-30 in New York. */
const EVENING = Date.parse('2026-07-30T22:30:00Z');

const HEADER = 'date,underlying,expiration,strike,cp,last_price,iv,volume,open_interest';
const line = (day: string, name: string, strike: number): string => `${day},${name},2026-08-21,${strike},C,1,0.3,5,10`;
const file = (...lines: readonly string[]): string => `${HEADER}\n${lines.join('\n')}\n`;

interface Project {
  readonly folder: string;
  readonly run: (...argv: string[]) => Promise<Ended>;
  readonly at: (iso: string, ...argv: string[]) => Promise<Ended>;
  readonly store: () => Promise<Store>;
}

async function project(files: Readonly<Record<string, string>> = {}, env: NodeJS.ProcessEnv = {}): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-record-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'config.yaml'), 'data: { source: store }\n');
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const at = (ms: number, argv: readonly string[]): Promise<Ended> => swing(argv, { cwd: folder, commands, clock: fixedClock(ms), env });
  return { folder, run: (...argv) => at(EVENING, argv), at: (iso, ...argv) => at(Date.parse(iso), argv), store: () => Store.open(join(folder, 'store')) };
}

const record = (from: string, ...more: string[]): string[] => ['options', 'record', '--from', from, ...more];

describe('swing options record from files', () => {
  it("writes the evening's chains under their session, and tells what and whose open interest", async () => {
    const { run, store } = await project({ 'chains.csv': file(line('2026-07-30', 'AA', 50), line('2026-07-30', 'AA', 55), line('2026-07-30', 'SPY', 600), line('2026-07-29', 'AA', 50)) });
    expect(await run(...record('chains.csv'))).toEqual({ code: 0, stderr: '', stdout: 'recorded 3 contracts of 2 underlyings at the close of 2026-07-30; open interest settled on 2026-07-29\n' });
    expect((await chainsOf(await store())).map(shown)).toEqual(['AA 2026-07-30 50 55', 'SPY 2026-07-30 600']);
  });

  it('changes nothing the second time', async () => {
    const { run, store } = await project({ 'chains.csv': file(line('2026-07-30', 'AA', 50)) });
    await run(...record('chains.csv'));
    const before = await chainSessions(await store());
    expect(await run(...record('chains.csv'))).toMatchObject({ code: 0, stdout: expect.stringMatching(/^already recorded 1 contracts of 1 underlying /) as string });
    expect(await chainSessions(await store())).toEqual(before);
  });

  it('leaves other sessions, and other underlyings of the session, as they are', async () => {
    const { run, store } = await project({ 'one.csv': file(line('2026-07-29', 'AA', 50), line('2026-07-30', 'AA', 50)), 'two.csv': file(line('2026-07-30', 'BB', 20)), 'three.csv': file(line('2026-07-30', 'AA', 51), line('2026-07-30', 'AA', 52)) });
    await run(...record('one.csv', '--session', '2026-07-29'));
    for (const name of ['one.csv', 'two.csv', 'three.csv']) expect((await run(...record(name))).code, name).toBe(0);
    expect((await chainsOf(await store())).map(shown)).toEqual(['AA 2026-07-29 50', 'AA 2026-07-30 51 52', 'BB 2026-07-30 20']);
  });

  it('refuses a session that is not over, a day without one, and a file that has none', async () => {
    const { run, at, folder } = await project({ 'chains.csv': file(line('2026-07-30', 'AA', 50)) });
    expect(await at('2026-07-30T20:10:00Z', ...record('chains.csv', '--session', '2026-07-30'))).toMatchObject({ code: 2, stderr: 'error: expected a session that is over, found 2026-07-30; the last one that is over is 2026-07-29\n' });
    expect(await at('2026-07-30T20:10:00Z', ...record('chains.csv'))).toMatchObject({ code: 3, stderr: expect.stringContaining('expected option chains of 2026-07-29 from "files", found none') as string });
    expect((await at('2026-07-30T20:15:00Z', ...record('chains.csv'))).code).toBe(0);
    expect(await run(...record('chains.csv', '--session', '2026-07-26'))).toMatchObject({ code: 2, stderr: expect.stringContaining('when the exchange was closed') as string });
    await writeFile(join(folder, 'bars.csv'), 'date,ticker,open,high,low,close,volume\n2026-07-30,AA,1,1,1,1,1\n');
    expect(await run(...record('bars.csv'))).toMatchObject({ code: 2, stderr: expect.stringContaining('found bars') as string });
  });

  it('does not overwrite a recorded chain by a smaller one, unless told to', async () => {
    const { run, store } = await project({ 'whole.csv': file(line('2026-07-30', 'AA', 50), line('2026-07-30', 'AA', 55), line('2026-07-30', 'BB', 20)), 'half.csv': file(line('2026-07-30', 'AA', 50), line('2026-07-30', 'BB', 20)) });
    await run(...record('whole.csv'));
    expect(await run(...record('half.csv'))).toMatchObject({ code: 3, stdout: '', stderr: 'error: expected chains of 2026-07-30 with no fewer contracts than are recorded, found AA 1 instead of 2; nothing was recorded; overwrite with --force\n' });
    expect((await chainsOf(await store())).map(shown)[0]).toBe('AA 2026-07-30 50 55');
    expect((await run(...record('half.csv', '--force'))).code).toBe(0);
    expect((await chainsOf(await store())).map(shown)[0]).toBe('AA 2026-07-30 50');
  });

  it('says which of the underlyings asked for are missing, and sets rows aside that do not fit', async () => {
    const { run, store } = await project({ 'chains.csv': file(line('2026-07-30', 'BRK.B', 500), line('2026-07-30', 'AA', 50), '2026-07-30,AA,2026-07-17,50,P,1,0.3,5,10') });
    const { code, stdout } = await run(...record('chains.csv', '--underlyings', 'brk/b,AA,ZZ'));
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1, 3)).toEqual(['no chain of ZZ', expect.stringContaining('set aside 1: expected an expiry on or after the session')]);
    expect((await chainsOf(await store())).map(shown)).toEqual(['AA 2026-07-30 50', 'BRK-B 2026-07-30 500']);
  });

  it('takes the members of the index of the day for the word universe', async () => {
    const { run, store } = await project({ 'chains.csv': file(...['AA', 'BB', 'CC', 'SPY'].map((name) => line('2026-07-30', name, 50))), 'membership.csv': 'symbol,start_date,end_date\nAA,2020-01-02,\nBB,2020-01-02,2026-07-01\nCC,2020-01-02,\n' });
    expect(await run(...record('chains.csv', '--underlyings', 'universe'))).toMatchObject({ code: 2, stderr: expect.stringContaining('name the underlyings with --underlyings') as string });
    await run('data', 'import', 'membership.csv');
    await run(...record('chains.csv', '--underlyings', 'universe,SPY'));
    expect((await chainsOf(await store())).map(({ underlying }) => underlying)).toEqual(['AA', 'CC', 'SPY']);
  });

  it('records the underlyings of a folder with their chains, and nothing of other days', async () => {
    const { folder, run, store } = await project();
    const source = await mkdtemp(join(folder, 'evening-'));
    await writeFile(join(source, 'chains.csv'), file(line('2026-07-30', 'AA', 50)));
    await writeFile(join(source, 'underlyings.csv'), 'date,underlying,underlying_close_raw,chain_stale\n2026-07-29,AA,48,false\n2026-07-30,AA,49,true\n2026-07-30,ZZ,7,false\n');
    await run(...record(source));
    expect((await chainsOf(await store())).map(({ spot, isStale }) => [spot, isStale])).toEqual([[49, true]]);
    expect((await (await store()).entry('option_underlyings'))!.rows).toBe(1);
  });

  it('refuses open interest that was settled on the day of its stamp, unless told to keep it', async () => {
    const early = ['date,underlying,expiration,strike,cp,volume,open_interest', ...rowsStamped(0).map((row) => [row['session'], row['underlying'], row['expiry'], row['strike'], 'C', row['volume'], row['open_interest']].join(','))].join('\n');
    const { at } = await project({ 'early.csv': early });
    const evening = (day: string, ...more: string[]): Promise<Ended> => at('2018-02-08T12:00:00Z', ...record('early.csv', '--session', day, ...more));
    expect((await evening(DAYS[0])).code).toBe(0);
    expect(await evening(DAYS[1])).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('keep it as it is with --keep-early-stamps') as string });
    expect(await evening(DAYS[1], '--keep-early-stamps')).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: open-interest-stamped-early: \d+, such as from 2018-01-02 to 2018-01-03/) as string });
  });

  it('prints one JSON document when asked to', async () => {
    const { run } = await project({ 'chains.csv': file(line('2026-07-30', 'AA', 50)) });
    expect(JSON.parse((await run(...record('chains.csv', '--json'))).stdout)).toEqual({ session: '2026-07-30', openInterestOf: '2026-07-29', contracts: { AA: 1 }, missing: [], failed: [], unchanged: false, storeVersion: 1, rejected: [], findings: [], dropped: [] });
  });

  it.each([[[], 'neither'], [['--from', 'x.csv', '--provider', 'massive'], 'both']])('wants one source: %j', async (flags, found) => {
    const { run } = await project();
    expect(await run('options', 'record', ...flags)).toMatchObject({ code: 2, stderr: `error: expected either --provider or --from, found ${found}\n` });
  });
});

describe('swing options record from a vendor', () => {
  const ask = (names: string): string[] => ['options', 'record', '--provider', 'massive', '--underlyings', names];

  async function served(replies: Readonly<Record<string, readonly Reply[]>>): Promise<Project & { readonly asked: readonly string[] }> {
    const server = await fakeMassive(replies);
    return { ...(await project({}, { POLYGON_API_KEY: KEY, POLYGON_BASE_URL: server.url })), asked: server.asked };
  }

  it('writes what the vendor shows, and names those without a chain', async () => {
    const { run, store } = await served({ X: [page([contractBody()], 'two'), page([contractBody({ type: 'put' })])], EMPTY: [json({ status: 'OK' })] });
    expect(await run(...ask('X,EMPTY,NOWHERE'))).toMatchObject({ code: 0, stderr: '', stdout: 'recorded 2 contracts of 1 underlying at the close of 2026-07-30; open interest settled on 2026-07-29\nno chain of EMPTY, NOWHERE\n' });
    expect((await chainsOf(await store())).map(({ underlying, spot, bid }) => [underlying, spot, [...bid]])).toEqual([['X', 159.96, [28.9, 28.9]]]);
    expect(await (await store()).entry('option_chains')).toMatchObject({ provider: 'massive', licence: 'of the subscription; not to be passed on' });
  });

  it('records the others where one fails, says so, and ends with the code of a provider', async () => {
    const { run, store } = await served({ X: [page([contractBody()])], BAD: [page([{ details: {} }])] });
    const { code, stdout, stderr } = await run(...ask('BAD,X'));
    expect(code).toBe(4);
    expect(stdout).toContain('recorded 1 contracts of 1 underlying');
    expect(stderr).toMatch(/^warning: BAD: expected the option chain of "BAD" in the documented form/);
    expect((await chainsOf(await store())).map(({ underlying }) => underlying)).toEqual(['X']);
  });

  it('stops at once where no other would fare better, and never tells the key', async () => {
    const { run, asked, store } = await served({ X: [json({ status: 'ERROR', error: `Unknown API Key ${KEY}` }, 401)], Y: [json({ error: 'Unknown API Key' }, 401)] });
    const { code, stderr } = await run('--log-level', 'trace', ...ask('X,Y'));
    expect(code).toBe(4);
    expect(stderr).toContain('hint: set POLYGON_API_KEY to a valid key');
    expect(stderr).not.toContain(KEY);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(await (await store()).entry('option_chains')).toBeNull();
  });

  it('asks no more once five in a row have failed', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `N${String(i).padStart(2, '0')}`);
    const { run, asked } = await served({ ...Object.fromEntries(names.map((name) => [name, [page([{ details: {} }])]])), A: [page([contractBody()])] });
    const { code, stderr } = await run(...ask(['A', ...names].join(',')));
    expect(code).toBe(4);
    expect(stderr).toContain('warning: N11: not asked for, as 5 before failed');
    expect(asked.length).toBeLessThan(12);
  });

  it('is refused without a key, and while the open interest may be that of the next session', async () => {
    const { run } = await project();
    expect(await run(...ask('X'))).toMatchObject({ code: 2, stderr: expect.stringContaining('POLYGON_API_KEY, found none') as string });
    const { at, asked } = await served({ X: [page([contractBody()])] });
    expect(await at('2026-07-31T12:00:00Z', ...ask('X'))).toMatchObject({ code: 4, stderr: expect.stringContaining('open interest may be that of the next session by now') as string });
    expect(asked).toEqual([]);
  });
});
