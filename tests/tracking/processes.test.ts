import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { systemClock } from '../../src/core/clock.js';
import { createRng } from '../../src/core/rng.js';
import { countTrials } from '../../src/tracking/count-trials.js';
import { localTracker } from '../../src/tracking/local-tracker.js';
import type { RunRecord } from '../../src/tracking/tracker.js';
import { SPEC } from '../contracts/tracker.js';
import { startScript } from '../data/store/script.js';
import { temporaryFolder } from './temporary-folder.js';

/** A process that evaluates seeds one after the other, some of them more than once. */
const writer = (folder: string, seeds: readonly number[]): string => `
  const { localTracker } = await load('src/tracking/local-tracker.js');
  const { systemClock } = await load('src/core/clock.js');
  const tracker = localTracker({ folder: ${JSON.stringify(folder)}, clock: systemClock });
  console.log('on');
  for (const seed of ${JSON.stringify(seeds)}) {
    const run = await tracker.start({ ...${JSON.stringify(SPEC)}, seed });
    for (let step = 0; step < 5; step++) await run.logMetrics({ step, ['half of ' + seed]: seed / 2 }, step);
    await run.logArtifact('model.txt', 'x'.repeat(1000) + seed);
    await run.end('finished');
  }
  console.log('done');
`;

describe('four processes that evaluate the same configurations at once', () => {
  it('lose no evaluation, make one trial of each, and whoever reads meanwhile reads whole records', { timeout: 60_000 }, async () => {
    const folder = join(await temporaryFolder(), 'tracking');
    const tracker = localTracker({ folder, clock: systemClock });
    const rounds = [1, 2, 3, 1, 2, 3, 1, 2, 3];
    const children = [0, 1, 2, 3].map((turn) => startScript(writer(folder, [...rounds.slice(turn), ...rounds.slice(0, turn)])));
    let running = true;
    const ends = Promise.all(children.map((child) => child.end())).finally(() => (running = false));
    let reads = 0;
    let seen = 0;
    while (running) {
      const records = await tracker.runs('ranker');
      const evaluations = records.reduce((sum, record) => sum + record.evaluations, 0);
      expect(evaluations).toBeGreaterThanOrEqual(seen);
      seen = evaluations;
      records.forEach(expectWhole);
      reads++;
    }
    expect((await ends).map(({ code, stderr }) => [code, stderr])).toEqual(children.map(() => [0, '']));
    const records = await tracker.runs('ranker');
    expect(records.map(({ seed, status, evaluations }) => [seed, status, evaluations]).sort()).toEqual([1, 2, 3].map((seed) => [seed, 'finished', 12]));
    records.forEach(expectWhole);
    expect(await countTrials(tracker, 'ranker')).toBe(3);
    for (const { id } of records) expect((await readdir(join(folder, 'ranker', id))).filter((name) => name.includes('.tmp'))).toEqual([]);
    expect(reads).toBeGreaterThan(5);
  });
});

/** A record as one of the writers left it at some moment. */
function expectWhole({ seed, status, metrics }: RunRecord): void {
  expect(['running', 'finished']).toContain(status);
  if (Object.keys(metrics).length === 0) return expect(status).toBe('running');
  expect(metrics[`half of ${seed}`]).toBe(seed / 2);
  if (status === 'finished') expect(metrics['step']).toBe(4);
}

describe('a process that is killed', () => {
  it('at any moment leaves runs that are complete or read as running, and holds up nobody', { timeout: 120_000 }, async () => {
    const KILLS = 12;
    const rng = createRng(20180208);
    const folder = join(await temporaryFolder(), 'tracking');
    const tracker = localTracker({ folder, clock: systemClock });
    /** New trials, and in between trials that were there before. */
    const seedsOf = (kill: number): number[] => Array.from({ length: 200 }, (_, i) => [1000 * (kill + 1) + i, i % 10]).flat();
    let finished = new Set<number>();
    let running = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startScript(writer(folder, seedsOf(kill)));
      expect(await child.line()).toBe('on');
      await new Promise((resolve) => setTimeout(resolve, 20 + rng.float() * 150));
      child.process.kill('SIGKILL');
      expect((await child.end()).code).toBe('SIGKILL');
      const records = await tracker.runs();
      records.forEach(expectWhole);
      const now = new Set(records.filter(({ status }) => status === 'finished').map(({ seed }) => seed));
      for (const seed of finished) expect(now, 'a trial that had finished').toContain(seed);
      running = records.length - now.size;
      finished = now;
    }
    expect(finished.size).toBeGreaterThan(0);
    expect(running).toBeGreaterThan(0); // else no kill struck between a start and its end, and this shows nothing
    const all = (await tracker.runs()).map(({ seed }) => seed);
    const child = startScript(writer(folder, all));
    await child.line();
    expect(await child.line()).toBe('done');
    expect(await countTrials(tracker, 'ranker')).toBe(all.length);
    (await tracker.runs()).forEach(expectWhole);
  });
});
