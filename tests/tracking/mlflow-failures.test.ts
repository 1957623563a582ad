import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { TrackedRun } from '../../src/tracking/tracker.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { startScript } from '../data/store/script.js';
import { FakeMlflow, type Fate } from './fake-mlflow/server.js';
import { killWriters, mirrored, type Mirrored } from './mirrored.js';
import { temporaryFolder } from './temporary-folder.js';

/** One thing that a session does. */
type Action =
  | { readonly do: 'start'; readonly seed: number }
  | { readonly do: 'log'; readonly figure: number | null; readonly step: number | null }
  | { readonly do: 'keep'; readonly name: string }
  | { readonly do: 'end'; readonly status: 'finished' | 'failed' }
  | { readonly do: 'model'; readonly text: string }
  | { readonly do: 'send' }
  | { readonly do: 'leave' };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start'), seed: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('log'), figure: fc.option(fc.integer({ min: 0, max: 4 })), step: fc.option(fc.integer({ min: 0, max: 3 })) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('keep'), name: fc.constantFrom('a.txt', 'b/c.txt') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end'), status: fc.constantFrom('finished', 'finished', 'failed') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('model'), text: fc.constantFrom('one', 'two', 'three') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave') }) },
);

/** What a session does, one after the other; `leave` is the end of its process with all that was under way. */
async function carryOut(actions: readonly Action[], { folder, open }: Desk, send: (world: Mirrored) => Promise<void>): Promise<void> {
  let world = open();
  let run: TrackedRun | null = null;
  for (const one of actions) {
    if (one.do === 'start') run = await world.tracker.start({ ...SPEC, seed: one.seed });
    else if (one.do === 'log') await run?.logMetrics({ ic: one.figure, steady: 1 }, one.step ?? undefined);
    else if (one.do === 'keep') await run?.logArtifact(one.name, `of ${run.id}`);
    else if (one.do === 'end') {
      await run?.end(one.status, one.status === 'failed' ? 'it had to' : undefined);
      run = null;
    } else if (one.do === 'model') await world.mirror.logModel({ experiment: 'ranker', name: `model ${one.text}`, type: 'ridge', files: { 'card.json': one.text }, figures: { ic: 0.5 }, madeAt: '2018-02-08T12:00:00.000Z', registered: 'ridge', aliases: ['champion'], ...(run === null ? {} : { run: run.id }) });
    else if (one.do === 'send') await send(world);
    else {
      await killWriters(folder);
      world = open();
      run = null;
    }
  }
}

interface Desk {
  readonly folder: string;
  readonly open: () => Mirrored;
}

/** By a process that comes after all others are gone: nothing waits any more. */
async function sendAll({ folder, open }: Desk): Promise<void> {
  await killWriters(folder);
  const { left, blocked } = await open().mirror.sync();
  expect({ left, blocked, waiting: await open().mirror.waiting() }).toEqual({ left: [], blocked: null, waiting: [] });
}

const FATES: readonly Fate[] = ['cut before', 'cut after', 500, 503, 429, 502];

describe('a server that fails', () => {
  it('has in the end what one that never failed has, whenever and however it fails', { timeout: 60_000 }, async () => {
    let fates = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 25 }), fc.integer({ min: 1, max: 2 ** 30 }), async (actions, seed) => {
        const [reliable, other] = [await FakeMlflow.start(), await FakeMlflow.start()];
        const rng = createRng(seed);
        const share = rng.float() * 0.9;
        const fail = (): Fate => {
          if (rng.float() >= share) return 'answer';
          fates++;
          return rng.choice(FATES);
        };
        const places = [await temporaryFolder(), await temporaryFolder()];
        const clocks = [tickingClock(), tickingClock()];
        const at = (index: number, server: FakeMlflow): Desk => ({ folder: places[index], open: () => mirrored({ folder: places[index], url: server.url, clock: clocks[index] }) });
        await carryOut(actions, at(0, reliable), async () => undefined);
        await sendAll(at(0, reliable));
        other.fate = fail;
        await carryOut(actions, at(1, other), async ({ mirror }) => {
          const stopped = rng.float() < 0.2;
          if (stopped) await other.stop();
          await mirror.sync().catch((error: unknown) => expect(error).toMatchObject({ code: expect.stringMatching(/^MLFLOW_/) }));
          if (stopped) await other.start();
        });
        other.fate = () => 'answer';
        await sendAll(at(1, other));
        expect(comparable(other)).toEqual(comparable(reliable));
        await Promise.all([reliable.stop(), other.stop()]);
      }),
      { numRuns: 12, seed: 5 },
    );
    expect(fates).toBeGreaterThan(20);
  });
});

/**
 * Points that were overtaken differ with the moment of sending, and with it whether a figure of an evaluation that was cut
 * off is undefined or was never there, and a reason that holds no more empty or absent; what is shown, kept and counted
 * does not.
 */
function comparable(server: FakeMlflow): unknown {
  const { runs, models, registered, experiments } = server.state();
  return {
    experiments, registered,
    runs: runs.map(({ points: _, endedAt: __, shown, tags, ...run }: Record<string, any>) => ({ ...run, shown: without(shown, 'NaN'), tags: without(tags, '') })),
    models: models.map(({ points: _, ...model }: Record<string, unknown>) => model), // figures are those that the run had at the moment
  };
}

const without = (values: Record<string, unknown>, nothing: string): unknown => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== nothing));

/** A process that evaluates, and copies as it goes. @param held seed whose run does not end before the process does */
const writer = (folder: string, url: string, seeds: readonly number[], held: number | null): string => `
  const { openTracking } = await load('src/tracking/open-tracking.js');
  const { trackingConfig } = await load('src/tracking/config.js');
  const { systemClock } = await load('src/core/clock.js');
  const settings = trackingConfig.parse({ mlflow: { url: ${JSON.stringify(url)}, timeoutMs: 1000 } });
  const { tracker, mirror } = openTracking({ folder: ${JSON.stringify(folder)}, clock: systemClock, settings, env: {}, onProblem: (message) => console.error(message) });
  console.log('on');
  for (const seed of ${JSON.stringify(seeds)}) {
    const run = await tracker.start({ ...${JSON.stringify(SPEC)}, seed });
    for (let step = 0; step < 4; step++) {
      await run.logMetrics({ step, half: seed / 2 }, step);
      await new Promise((resolve) => setTimeout(resolve, 25)); // a kill is likely to strike within a run
    }
    if (seed === ${String(held)}) {
      console.log('within');
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    }
    await run.logArtifact('model.txt', 'x'.repeat(1000) + seed);
    await run.end('finished');
    console.log('ran');
    if (seed % 5 === 0) await mirror.logModel({ experiment: 'ranker', name: 'model ' + seed, type: 'ridge', run: run.id, files: { 'card.json': String(seed) }, figures: { half: seed / 2 }, madeAt: '2018-02-08T12:00:00.000Z', registered: 'ridge', aliases: ['champion'] });
    if (seed % 3 === 0) await mirror.settle();
  }
  await mirror.settle();
  console.log('done');
`;

describe('processes that are killed', () => {
  it('leave to the next what they had not sent: nothing is lost and nothing is there twice', { timeout: 120_000 }, async () => {
    const KILLS = Number(process.env['SWINGLAB_KILLS'] ?? 3);
    const rng = createRng(7);
    const folder = join(await temporaryFolder(), 'tracking');
    const server = await FakeMlflow.start();
    for (let kill = 0; kill < KILLS; kill++) {
      const children = [0, 1].map((turn) => startScript(writer(folder, server.url, Array.from({ length: 400 }, (_, i) => 1000 * kill + 500 * turn + i), kill === 0 && turn === 0 ? 1 : null)));
      for (const line of ['on', 'ran']) expect(await Promise.all(children.map((child) => child.line()))).toEqual([line, line]);
      if (kill === 0) expect(await children[0].line()).toBe('within'); // one kill at least strikes within a run
      const dies = rng.float() < 0.4;
      server.fate = rng.float() < 0.5 ? () => (rng.float() < 0.2 ? rng.choice(FATES) : 'answer') : () => 'answer';
      await new Promise((resolve) => setTimeout(resolve, 100 + rng.float() * 500));
      if (dies) await server.stop();
      await new Promise((resolve) => setTimeout(resolve, rng.float() * 400));
      for (const child of children) child.process.kill('SIGKILL');
      for (const child of children) expect((await child.end()).code).toBe('SIGKILL');
      if (dies) await server.start();
    }
    server.fate = () => 'answer';
    const open = (url: string): Mirrored => mirrored({ folder, url, clock: tickingClock() });
    await sendAll({ folder, open: () => open(server.url) });
    const { local } = open(server.url);
    const records = await local.runs();
    const state = server.state();
    expect(records.length).toBeGreaterThanOrEqual(2 * KILLS);
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set(['finished', 'running']));
    const standing = records.map(({ id, status, metrics }) => [id, status === 'finished' ? 'FINISHED' : 'KILLED', metrics]).sort();
    expect(state['runs'].map(({ tags, status, shown }: any) => [tags['swinglab.run'], status, shown]).sort()).toEqual(standing);
    const fresh = await FakeMlflow.start();
    const told = open(fresh.url);
    await told.mirror.adopt(records);
    await sendAll({ folder, open: () => open(fresh.url) });
    expect(fresh.state()['runs'].map(withoutModels)).toEqual(state['runs'].map(withoutModels));
    expect(new Set(state['models'].map(({ name }: any) => name)).size).toBe(state['models'].length);
    expect(state['registered'][0].versions).toHaveLength(state['models'].length);
    expect(state['models'].every(({ status }: any) => status === 'LOGGED_MODEL_READY')).toBe(true);
  });
});

const withoutModels = ({ models: _, endedAt: __, ...run }: Record<string, unknown>): unknown => run;
