import { watch } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createRng, type Rng } from '../../src/core/rng.js';
import { sampleFolder } from '../../src/data/sample.js';
import { literal, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import { Store } from '../../src/data/store/store.js';
import { swingChild, type Ended } from './child.js';
import { filesOf, hashTree, readState, type StoreState } from './store-state.js';

/** A few each time; `npm run verify:full` kills more often. */
const KILLS = Number(process.env['SWINGLAB_KILLS'] ?? 8);
const SEED = 20180207;

/** When a process is killed: so long after its start, or so long after the n-th new manifest begins to be written. */
type Moment = { readonly kind: 'time'; readonly ms: number } | { readonly kind: 'commit'; readonly nth: number; readonly ms: number };

/** Half of the moments are spread over the undisturbed duration, half lie within the commits. */
function drawMoment(rng: Rng, durationMs: number, commits: number): Moment {
  if (rng.float() < 0.5) return { kind: 'time', ms: rng.float() * durationMs };
  return { kind: 'commit', nth: 1 + Math.floor(rng.float() * commits), ms: rng.float() < 0.3 ? 0 : rng.float() * 8 };
}

/** Runs `swing` and kills it at the moment, unless it ends before. */
async function runAndKill(args: readonly string[], cwd: string, store: string, moment: Moment): Promise<Ended> {
  const { child, ended } = swingChild(args, cwd);
  const kill = (): void => void child.kill('SIGKILL');
  const seen = new Set<string>();
  const watcher = watch(store, (_, name) => {
    if (moment.kind !== 'commit' || name === null || !/^manifest\.json\..*tmp$/.test(name) || seen.has(name)) return;
    seen.add(name);
    if (seen.size !== moment.nth) return;
    if (moment.ms === 0) kill();
    else setTimeout(kill, moment.ms);
  });
  const timer = moment.kind === 'time' ? setTimeout(kill, moment.ms) : undefined;
  const end = await ended;
  clearTimeout(timer);
  watcher.close();
  return end;
}

/** Reads the store over and over, through the library and without it, until stopped; the first failure is thrown then. */
function readForever(store: string): { stop(): Promise<number> } {
  let on = true;
  let reads = 0;
  const loop = (async () => {
    while (on) {
      await readState(store);
      await countAll(store);
      reads++;
      await wait(300);
    }
  })();
  loop.catch(() => undefined); // thrown by stop
  return {
    async stop() {
      on = false;
      await loop;
      return reads;
    },
  };
}

/** Rows that are really in the files of each dataset. */
async function countAll(folder: string): Promise<Record<string, [found: number, promised: number]>> {
  return (await Store.open(folder)).query(async (connection, { datasets }) => {
    const counts: Record<string, [number, number]> = {};
    for (const [name, entry] of Object.entries(datasets)) counts[name] = [Number((await rows(connection, `select count(*) as n from "${name}"`))[0]['n']), entry.rows];
    return counts;
  }, { threads: 1 });
}

async function expectReadable(store: string, allowed: readonly (StoreState | null)[]): Promise<number> {
  const state = await readState(store);
  const index = allowed.findIndex((one) => JSON.stringify(one) === JSON.stringify(state));
  expect(index, `the store holds none of the states before or after, but ${JSON.stringify(state)}`).toBeGreaterThanOrEqual(0);
  for (const [found, promised] of Object.values(await countAll(store))) expect(found).toBe(promised);
  return index;
}

const folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-kill-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('swing daily, killed at any moment', () => {
  const daily = ['daily', '--set', 'data.history=300'];
  let states: (StoreState | null)[];
  let undisturbed: { hash: string; document: string; report: string; ms: number };

  const results = async (project: string): Promise<{ document: string; report: string }> => ({
    document: await readFile(join(project, '.swing/runs/latest/recommendations.json'), 'utf8'),
    report: await readFile(join(project, '.swing/runs/latest/report.html'), 'utf8'),
  });

  async function freshProject(): Promise<string> {
    const project = await temporaryFolder();
    await mkdir(join(project, '.swing/store'), { recursive: true });
    return project;
  }

  beforeAll(async () => {
    const project = await freshProject();
    await swingChild(['ingest'], project).ended;
    const ingested = await readState(join(project, '.swing/store'));
    await rm(join(project, '.swing'), { recursive: true });
    const end = await swingChild(daily, project).ended;
    expect(end.code, end.stderr).toBe(0);
    undisturbed = { hash: hashOf(end), ms: end.ms, ...(await results(project)) };
    states = [null, ingested, await readState(join(project, '.swing/store'))];
  }, 120_000);

  it(`leaves a store that is readable at once, and gives the same evening when it is run again, after ${KILLS} kills`, async () => {
    const rng = createRng(SEED).fork('daily');
    const found = [0, 0, 0];
    let kills = 0;
    let reads = 0;
    for (let round = 0; kills < KILLS && round < 3 * KILLS; round++) {
      const project = await freshProject();
      const store = join(project, '.swing/store');
      const reader = readForever(store);
      let left = undisturbed.ms;
      // The later ones strike the state that the one before left.
      for (let strike = 0; strike < 3 && kills < KILLS; strike++) {
        const end = await runAndKill(daily, project, store, drawMoment(rng, left, strike === 0 ? 2 : 1));
        if (end.signal === null) break;
        expect(end.signal).toBe('SIGKILL');
        kills++;
        found[await expectReadable(store, states)]++;
        left = Math.max(600, left - end.ms + 400);
      }
      const again = await swingChild(round % 2 === 0 ? daily : [...daily, '--resume'], project).ended;
      reads += await reader.stop();
      expect(again.code, again.stderr).toBe(0);
      expect(hashOf(again)).toBe(undisturbed.hash);
      const { document, report } = await results(project);
      expect(document).toBe(undisturbed.document);
      expect(report).toBe(undisturbed.report);
      expect(await readState(store)).toEqual(states[2]);
      expect(Object.keys(await hashTree(store))).toEqual(filesOf(states[2]!));
      expect(Object.keys(await hashTree(join(project, '.swing/runs'))).filter((name) => name.includes('.tmp'))).toEqual([]);
      await rm(project, { recursive: true });
    }
    console.log(`daily: undisturbed ${Math.round(undisturbed.ms)} ms; ${kills} kills left ${found[0]} times nothing, ${found[1]} times the ingested data, ${found[2]} times the whole evening; ${reads} reads beside them`);
    expect(kills).toBe(KILLS);
    expect(reads).toBeGreaterThan(KILLS);
  }, 300_000);
});

describe('swing data import, killed at any moment', () => {
  let inputs: string;
  let before: string;
  let states: StoreState[];
  let durationMs: number;
  const whole = (): string[] => ['data', 'import', join(inputs, 'whole.parquet'), `membership=${join(inputs, 'membership.csv')}`, '--json'];

  beforeAll(async () => {
    inputs = await temporaryFolder();
    await cp(join(sampleFolder(), 'membership.csv'), join(inputs, 'membership.csv'));
    await withDuckDB(async (connection) => {
      const bars = `read_parquet(${literal(join(sampleFolder(), 'bars.parquet'))}) where session >= date '2017-09-01'`;
      await connection.run(`copy (select * from ${bars}) to ${literal(join(inputs, 'whole.parquet'))}`);
      await connection.run(`copy (select * from ${bars} and session < date '2017-12-01' and symbol < 'N') to ${literal(join(inputs, 'part.parquet'))}`);
    });
    before = await temporaryFolder();
    await swingChild(['data', 'import', join(inputs, 'part.parquet')], before).ended;
    const after = await temporaryFolder();
    await cp(before, after, { recursive: true });
    const end = await swingChild(whole(), after).ended;
    expect(end.code, end.stderr).toBe(0);
    durationMs = end.ms;
    states = [(await readState(join(before, '.swing/store')))!, (await readState(join(after, '.swing/store')))!];
    expect(states[1]).not.toEqual(states[0]);
  }, 120_000);

  it(`leaves the state before it or the one after it, and completes when it is run again, after ${KILLS} kills`, async () => {
    const rng = createRng(SEED).fork('import');
    const found = [0, 0];
    let kills = 0;
    let reads = 0;
    for (let round = 0; kills < KILLS && round < 3 * KILLS; round++) {
      const project = await temporaryFolder();
      await cp(before, project, { recursive: true });
      const store = join(project, '.swing/store');
      const reader = readForever(store);
      const end = await runAndKill(whole(), project, store, drawMoment(rng, durationMs, 1));
      if (end.signal !== null) {
        kills++;
        found[await expectReadable(store, states)]++;
        const again = await swingChild(whole(), project).ended;
        expect(again.code, again.stderr).toBe(0);
        expect(await readState(store)).toEqual(states[1]);
        expectOnly(await hashTree(store), states);
      }
      reads += await reader.stop();
      await rm(project, { recursive: true });
    }
    console.log(`import: undisturbed ${Math.round(durationMs)} ms; ${kills} kills left ${found[0]} times the state before, ${found[1]} times the one after; ${reads} reads beside them`);
    expect(kills).toBe(KILLS);
    expect(reads).toBeGreaterThan(KILLS);
  }, 300_000);

  /** The current state's files, and those of the one before it, which readers may still have open. */
  function expectOnly(tree: Readonly<Record<string, string>>, [earlier, current]: readonly StoreState[]): void {
    const allowed = new Set([...filesOf(earlier), ...filesOf(current)]);
    expect(Object.keys(tree).filter((name) => !allowed.has(name))).toEqual([]);
  }
});

function hashOf({ stdout, stderr }: Ended): string {
  const [, hash] = /^hash: +([0-9a-f]{64})$/m.exec(stdout) ?? [];
  expect(hash, stderr).toBeDefined();
  return hash;
}
