import { readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { fixedClock, systemClock } from '../../../src/core/clock.js';
import { toEpochDay } from '../../../src/core/dates.js';
import type { Store } from '../../../src/data/store/store.js';
import type { SummaryFile } from '../../../src/lab/options/make-summary-files.js';
import { readSummaries } from '../../../src/lab/options/read-summaries.js';
import { summarizeSession } from '../../../src/lab/options/summarize-session.js';
import { SUMMARY_CODE, SUMMARY_FOLDER, withSummaryFiles } from '../../../src/lab/options/summary-files.js';
import { optionsConfig, type OptionsConfig } from '../../../src/options/config.js';
import { SUMMARY_COLUMN_NAMES } from '../../../src/options/summary/columns.js';
import type { Panel } from '../../../src/table/panel.js';
import { CLOCK, write } from '../../data/store/rows.js';
import { chainRows, chainStore, closeRows, NAMES, SESSIONS } from './chain-store.js';

const settings = optionsConfig.parse({});
const DAY = 86_400_000;

function filesOf(store: Store, { last = SESSIONS.length - 1, now, ...given }: { readonly last?: number; readonly now?: number } & Partial<OptionsConfig> = {}): Promise<readonly SummaryFile[]> {
  const clock = now === undefined ? systemClock : fixedClock(now);
  return withSummaryFiles(store, { start: SESSIONS[0], end: SESSIONS[last], settings: { ...settings, ...given }, clock }, (files) => Promise.resolve(files));
}

const namesOf = async (store: Store, given: Parameters<typeof filesOf>[1] = {}): Promise<string[]> => (await filesOf(store, given)).map(({ path }) => basename(path));
const kept = (store: Store): string[] => readdirSync(join(store.folder, SUMMARY_FOLDER)).sort();

async function panelOf(store: Store, count: number): Promise<Panel> {
  return (await readSummaries(store, { symbols: NAMES, sessions: Int32Array.from(SESSIONS.slice(0, count), toEpochDay), columns: SUMMARY_COLUMN_NAMES, settings }))!;
}

/** All figures of the first sessions, by name and underlying. */
function figures(panel: Panel, count: number): Record<string, number[]> {
  return Object.fromEntries(SUMMARY_COLUMN_NAMES.flatMap((name) => NAMES.map((symbol) => [`${name} ${symbol}`, [...panel.series(name, symbol).slice(0, count)]])));
}

describe('files of figures of option chains', () => {
  it('are made once, one a session, and read again without work', async () => {
    const store = await chainStore(3);
    const files = await filesOf(store);
    expect(files.map(({ session }) => session)).toEqual(SESSIONS.slice(0, 3).map(toEpochDay));
    expect(kept(store)).toEqual(files.map(({ path }) => basename(path)));
    const times = files.map(({ path }) => statSync(path).mtimeMs);
    expect(await filesOf(store)).toEqual(files);
    expect(files.map(({ path }) => statSync(path).mtimeMs)).toEqual(times);
  });

  it('are other ones where the chains or closes of their session change, and stay those of the others', async () => {
    const store = await chainStore(3);
    const before = await namesOf(store);
    await store.commit([write('option_chains', chainRows(1, { from: 2, openInterest: 7 }))], { clock: CLOCK });
    const withChains = await namesOf(store);
    expect(withChains.map((name, t) => name === before[t])).toEqual([true, true, false]);
    await store.commit([write('option_underlyings', closeRows(1, { from: 1, scale: 1.01 }))], { clock: CLOCK });
    const withCloses = await namesOf(store);
    expect(withCloses.map((name, t) => name === withChains[t])).toEqual([true, false, true]);
    expect(figures(await panelOf(store, 3), 3)['spot AA'][1]).toBeCloseTo(51 * 1.01, 9);
  });

  it('are other ones where yields become known, or the configuration says otherwise', async () => {
    const store = await chainStore(2);
    const usual = await namesOf(store, { last: 1 });
    expect(await namesOf(store, { last: 1, signals: 9 })).toEqual(usual);
    const other = await namesOf(store, { last: 1, dealers: 'short-calls-short-puts' });
    const dearer = await namesOf(store, { last: 1, rate: 0.05 });
    await store.commit([write('macro', [{ series_id: 'DGS3MO', observation_date: SESSIONS[0], value: 1.5, available_at: SESSIONS[1] }])], { clock: CLOCK });
    const known = await namesOf(store, { last: 1 });
    expect(known.map((name, t) => name === usual[t])).toEqual([true, false]);
    expect(new Set([...usual, ...other, ...dearer, known[1]]).size).toBe(7);
  });

  it('say of a session what they say in a store that ends with it', async () => {
    const whole = await panelOf(await chainStore(4), 4); // by threads, the shorter ones without
    for (const count of [1, 3]) expect(figures(await panelOf(await chainStore(count), count), count), `${count}`).toEqual(figures(whole, count));
    expect(figures(whole, 4)['volatility30 BB'].every((value) => value > 0.25)).toBe(true);
  });
});

describe('files of figures that nobody uses', () => {
  it('go once they are older than a day, others of the same session being made; those that are used are younger', async () => {
    const store = await chainStore(2);
    const [first, second] = await namesOf(store, { last: 1 });
    await store.commit([write('option_chains', chainRows(1, { openInterest: 7 }))], { clock: CLOCK });
    await writeFile(join(store.folder, SUMMARY_FOLDER, 'notes.txt'), 'mine');
    const [replaced] = await namesOf(store, { last: 1 });
    expect(kept(store)).toEqual([first, replaced, second, 'notes.txt'].sort()); // another process may read the old one still
    const now = Date.now() + 2 * DAY;
    expect(await namesOf(store, { last: 1, now })).toEqual([replaced, second]);
    expect(kept(store)).toContain(first); // nothing was made
    await store.commit([write('option_chains', chainRows(1, { openInterest: 8 }))], { clock: CLOCK });
    const [newest] = await namesOf(store, { last: 1, now });
    expect(kept(store)).toEqual([newest, replaced, second, 'notes.txt'].sort()); // `replaced` was used at that time
  });

  it('stay where they are of sessions that were not asked for', async () => {
    const store = await chainStore(2);
    const [first, second] = await namesOf(store, { last: 1 });
    const old = new Date(Date.now() - 9 * DAY);
    for (const name of [first, second]) await utimes(join(store.folder, SUMMARY_FOLDER, name), old, old);
    await store.commit([write('option_chains', chainRows(2, { openInterest: 7 }))], { clock: CLOCK });
    await filesOf(store, { last: 0 });
    expect(kept(store)).not.toContain(first);
    expect(kept(store)).toContain(second);
  });
});

describe('chains that change while they are summed up', () => {
  it('are told by the task, of the chains and of the closes', async () => {
    const store = await chainStore(1);
    const { sha256 } = (await store.entry('option_chains'))!.partitions[0];
    const common = { folder: store.folder, session: SESSIONS[0], curve: { years: [1], rates: [0.04] }, convention: { callSign: 1, putSign: -1 } as never };
    await expect(summarizeSession({ ...common, source: { chains: 'another', closes: null } })).rejects.toMatchObject({ name: 'DataError', code: 'OVERTAKEN', retryable: true, message: expect.stringContaining(`expected the chains of ${SESSIONS[0]}`) as string });
    await expect(summarizeSession({ ...common, source: { chains: sha256, closes: 'another' } })).rejects.toMatchObject({ code: 'OVERTAKEN', message: expect.stringContaining('expected the closes of') as string });
  });

  it.each([1, 4])('are summed up again by what the store holds then (sessions: %j)', async (count) => {
    const store = await chainStore(count);
    const { datasets } = await store.manifest();
    await store.commit([write('option_chains', chainRows(count, { openInterest: 7 }))], { clock: CLOCK });
    const overtaken = seeing(store, { datasets }, 1);
    const files = await filesOf(overtaken, { last: count - 1 });
    expect(files).toEqual(await filesOf(store, { last: count - 1 }));
    expect(kept(store)).toEqual(files.map(({ path }) => basename(path)));
  });

  it('are given up where they changed once more', async () => {
    const store = await chainStore(1);
    const { datasets } = await store.manifest();
    await store.commit([write('option_chains', chainRows(1, { openInterest: 7 }))], { clock: CLOCK });
    await expect(filesOf(seeing(store, { datasets }, 2), { last: 0 })).rejects.toMatchObject({ code: 'OVERTAKEN', retryable: true });
  });
});

/** The store as somebody sees it who read its manifest before the last commits, so many times. */
function seeing(store: Store, stale: Pick<Awaited<ReturnType<Store['manifest']>>, 'datasets'>, times: number): Store {
  let left = times;
  const manifest = async (): ReturnType<Store['manifest']> => ({ ...(await store.manifest()), ...(left-- > 0 ? stale : {}) });
  return Object.create(store, { manifest: { value: manifest }, entry: { value: store.entry.bind(store) }, query: { value: store.query.bind(store) } }) as Store;
}

describe('a store that nothing can be written beside', () => {
  it('gives the same figures, made anew each time and kept nowhere', async () => {
    const [store, usual] = [await chainStore(2), await chainStore(2)];
    if (process.getuid?.() === 0) await symlink('/sys', join(store.folder, 'derived')); // root may write everywhere else
    else await mkdir(join(store.folder, 'derived')).then(() => chmod(join(store.folder, 'derived'), 0o555));
    let paths: readonly string[] = [];
    const read = await withSummaryFiles(store, { start: SESSIONS[0], end: SESSIONS[1], settings }, (files) => {
      paths = files.map(({ path }) => path);
      return Promise.all(paths.map((path) => readFile(path)));
    });
    expect(read.map(({ length }) => length > 0)).toEqual([true, true]);
    expect(paths.filter((path) => path.startsWith(store.folder) || statSync(path, { throwIfNoEntry: false }) !== undefined)).toEqual([]);
    expect(figures(await panelOf(store, 2), 2)).toEqual(figures(await panelOf(usual, 2), 2));
  });
});

describe('the code that figures are named by', () => {
  /** What only says how data is described or comes in; none of it is read back by other values than the files' own. */
  const ELSEWHERE = ['data/datasets.ts', 'data/provider.ts', 'data/records.ts', 'data/validate.ts'];

  it('is all that they are computed by', async () => {
    const root = fileURLToPath(new URL('../../../src', import.meta.url));
    const seen = new Set<string>();
    const waiting = [join(root, 'lab/options/summarize-session.ts')];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const text = await readFile(file, 'utf8');
      for (const [, path] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)\.js';/gms)) waiting.push(normalize(join(dirname(file), `${path}.ts`)));
    }
    const files = [...seen].map((file) => relative(root, file));
    expect(files.length).toBeGreaterThan(60);
    expect(files.filter((file) => !SUMMARY_CODE.some((folder) => file.startsWith(`${folder}/`))).sort()).toEqual(ELSEWHERE);
  });
});
