import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { loadConfig } from '../../src/config/load.js';
import { toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { collect } from '../../src/core/events.js';
import { importFrom, SAMPLE_PROVIDER } from '../../src/data/import.js';
import { marketDataHash } from '../../src/data/market.js';
import type { MarketDataProvider } from '../../src/data/provider.js';
import { takeLock } from '../../src/data/store/lock.js';
import { Store } from '../../src/data/store/store.js';
import { runDaily } from '../../src/pipeline/daily.js';
import { EveningContext } from '../../src/pipeline/evening-context.js';
import { featuresStep } from '../../src/pipeline/steps/features.js';
import { CLOCK, makeBaseProject, run } from './base-project.js';
import { swingChild } from './child.js';
import { filesOf, hashTree, readState } from './store-state.js';

let root: string;
let project: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'swinglab-concurrent-'));
  project = join(root, 'project');
  await makeBaseProject(join(root, 'base'));
});

beforeEach(() => cp(join(root, 'base'), project, { recursive: true }));
afterEach(() => rm(project, { recursive: true, force: true }));
afterAll(() => rm(root, { recursive: true, force: true }));

/** A provider of one bar. */
const oneBar = (name: string, symbol: string, beforeFetch: () => Promise<unknown> = async () => undefined): MarketDataProvider => ({
  name,
  capabilities: ['bars'],
  provenance: () => ({ source: name, licence: 'own' }),
  async *fetch() {
    await beforeFetch();
    const price = Float64Array.of(100);
    yield { rowCount: 1, columns: { symbol: [symbol], session: Int32Array.of(toEpochDay('2018-02-07' as IsoDate)), open: price, high: price, low: price, close: price, volume: price } };
  },
});

describe('a second process', () => {
  it.each([
    ['data import', 'store/store.lock', ['data', 'import', 'bars.parquet', '--json'], 'writes to the store'],
    ['daily', 'runs/daily.lock', ['daily', '--json'], 'runs swing daily in this project'],
    ['the commit of daily', 'store/store.lock', ['daily', '--json', '--set', 'pipeline.retries=0'], 'writes to the store'],
  ])('of %s is told who holds the lock, ends with 5 and changes nothing', async (_, lockFile, argv, purpose) => {
    const before = await hashTree(join(project, 'store'));
    const lock = await takeLock(join(project, lockFile), 'tests');
    try {
      const { code, stdout, stderr } = await swingChild(['--quiet', ...argv], project).ended;
      expect(stderr).toMatch(new RegExp(`^error: expected to be the only process that ${purpose}, found PID ${process.pid}[^\n]*\n$`));
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    } finally {
      lock.release();
    }
    expect(await hashTree(join(project, 'store'))).toEqual(before);
    expect((await run(argv, project)).code).toBe(0);
  });

  it('started at the same moment either waits its turn or is refused, and the evening is kept once', async () => {
    const ended = await Promise.all([swingChild(['daily'], project).ended, swingChild(['daily'], project).ended]);
    expect(ended.map(({ code }) => code).every((code) => code === 0 || code === 5), ended.map(({ stderr }) => stderr).join('')).toBe(true);
    expect(ended.map(({ code }) => code)).toContain(0);
    expect((await readState(join(project, 'store')))!['paper_account'].rows).toBe(1);
  });
});

describe('an import while something else goes on', () => {
  it('takes the bundled sample along even when that came in after the import had begun', async () => {
    const store = await Store.open(join(root, 'raced'));
    await importFrom({ ...oneBar('own', 'OWN'), fingerprint: async () => (await importFrom(oneBar(SAMPLE_PROVIDER, 'SAMPLE'), store, { clock: CLOCK }), 'x') }, store, { clock: CLOCK });
    const { datasets } = await store.manifest();
    expect(datasets['bars']).toMatchObject({ provider: 'own', rows: 1 });
  });

  it('never has own data replaced by the bundled sample, even when the own came in after the sample was chosen', async () => {
    const store = await Store.open(join(root, 'raced-too'));
    const sample: MarketDataProvider = { ...oneBar(SAMPLE_PROVIDER, 'SAMPLE'), fingerprint: async () => (await importFrom(oneBar('own', 'OWN'), store, { clock: CLOCK }), 'x') };
    await expect(importFrom(sample, store, { clock: CLOCK, mode: 'replace' })).rejects.toMatchObject({ code: 'OWN_DATA' });
    expect((await store.manifest()).datasets['bars']).toMatchObject({ provider: 'own', rows: 1 });
  });

  it('that comes just before an evening is kept leaves that evening out, and the next run is right', async () => {
    const config = await loadConfig({ cwd: project, overrides: [], experiment: undefined, file: undefined });
    const store = await Store.open(config.paths.store);
    await expect(withImportBefore('paper_account', store, () => collect(runDaily({ config, clock: CLOCK })))).rejects.toMatchObject({ code: 'STORE_CHANGED' });
    expect(Object.keys((await store.manifest()).datasets)).toEqual(['bars', 'membership']);
    const again = await run(['daily', '--json'], project);
    expect(again.code, again.stderr).toBe(0);
    const manifest = await store.manifest();
    expect(JSON.parse(again.stdout)).toMatchObject({ provenance: { dataHash: marketDataHash(manifest) } });
    expect(manifest.datasets['paper_account']).toMatchObject({ rows: 1 });
  });

  it('that comes between two steps does not mix what was computed before it with what comes after', async () => {
    const config = await loadConfig({ cwd: project, overrides: [], experiment: undefined, file: undefined });
    const store = await Store.open(config.paths.store);
    const context = new EveningContext({ asOf: '2018-02-07' as IsoDate, store, config, clock: CLOCK, book: null, booked: true });
    await featuresStep(context).inputs(); // as of a step that an earlier run has done and that is not done again
    await importFrom(oneBar('files', 'KO'), store, { clock: CLOCK });
    await expect(context.market()).rejects.toMatchObject({ code: 'STORE_CHANGED' });
  });

  /** Lets an import come in just before the first commit that writes the dataset. */
  async function withImportBefore(dataset: string, store: Store, work: () => Promise<unknown>): Promise<void> {
    const { commit } = Store.prototype;
    Store.prototype.commit = async function (writes, options) {
      if (writes.some((write) => write.dataset === dataset)) {
        Store.prototype.commit = commit;
        await importFrom(oneBar('files', 'KO'), store, { clock: CLOCK });
      }
      return commit.call(this, writes, options);
    };
    try {
      await work();
    } finally {
      Store.prototype.commit = commit;
    }
  }
});

describe('what killed writers left', () => {
  const LEFT = ['spill/duckdb_temp_storage_DEFAULT-0.tmp', 'spill/duckdb_temp_block-7.block', 'manifest.json.1-abc123-4.tmp', 'store.lock.1-abc123-1.tmp', 'store.lock.1-abc123-1.tmp.wal', 'bars/2017.parquet.1-abc123-2.tmp', 'bars/2017-0123456789abcdef.parquet', 'news/2018-0123456789abcdef.parquet', 'quarantine/bars.parquet.1-abc123-3.tmp'];
  const OTHERS = ['notes.txt', 'quarantine/bars-0123456789abcdef.parquet', 'my-backup/bars.parquet'];

  const leave = async (folder: string, names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), 'left');
    }
  };

  it('goes with the next commit, and nothing else does', async () => {
    const store = join(project, 'store');
    await leave(store, [...LEFT, ...OTHERS]);
    const ended = await run(['data', 'import', 'bars.parquet'], project);
    expect(ended.code, ended.stderr).toBe(0);
    const state = (await readState(store))!;
    expect(Object.keys(await hashTree(store))).toEqual([...filesOf(state), ...OTHERS].sort());
  });

  it('goes with a commit that fails, too', async () => {
    const store = join(project, 'store');
    const before = await hashTree(store);
    await leave(store, LEFT);
    await writeFile(join(project, 'bad.csv'), 'universe,symbol,start_date,end_date\nsp500,AAPL,2018-01-02,2017-01-03\n');
    expect((await run(['data', 'import', 'bars.parquet', 'bad.csv', '--source', 'x'], project)).code).toBe(3);
    expect(await hashTree(store)).toEqual(before);
  });

  it('goes from the runs with the next daily run', async () => {
    const runs = join(project, 'runs');
    await leave(runs, ['daily.lock.1-abc123-1.tmp', 'latest/report.html.1-abc123-9.tmp', 'daily/2018-02-06-0123456789/1-ingest/record.json.1-abc123-9.tmp', 'daily/notes/mine.txt']);
    expect((await run(['daily'], project)).code).toBe(0);
    expect(Object.keys(await hashTree(runs)).filter((name) => name.includes('.tmp'))).toEqual([]);
    expect((await readdir(join(runs, 'daily'))).filter((name) => !name.startsWith('2018-02-07-'))).toEqual(['notes']);
  });
});
