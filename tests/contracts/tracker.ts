import { expect, it } from 'vitest';

import type { Clock } from '../../src/core/clock.js';
import { countTrials } from '../../src/tracking/count-trials.js';
import type { RunSpec, Tracker } from '../../src/tracking/tracker.js';

/** Makes a tracker over nothing; each call elsewhere. */
export interface TrackerUnderTest {
  readonly name: string;
  /** A tracker of an empty place, and another one of the same place. */
  make(clock: Clock): Promise<{ readonly tracker: Tracker; readonly other: Tracker }>;
}

export const SPEC: RunSpec = {
  experiment: 'ranker',
  name: 'lambdarank',
  params: { leaves: 31, rate: 0.05, objective: 'lambdarank', monotone: false, seedOfBagging: null },
  seed: 7,
  data: { bars: 'a'.repeat(64), labels: 'b'.repeat(64) },
  code: 'c'.repeat(64),
  tags: { author: 'test' },
};

/** A clock that moves on by a second each time it is looked at. */
export function tickingClock(): Clock {
  let now = Date.UTC(2018, 1, 8, 12);
  return { now: () => (now += 1000) };
}

async function evaluate(tracker: Tracker, spec: RunSpec, metrics: Readonly<Record<string, number | null>>): Promise<string> {
  const run = await tracker.start(spec);
  await run.logMetrics(metrics);
  await run.end('finished');
  return run.id;
}

/** What every way to keep runs must obey; see `Tracker`. */
export function trackerContract({ make }: TrackerUnderTest): void {
  it('holds nothing before the first run', async () => {
    const { tracker } = await make(tickingClock());
    expect(await tracker.runs()).toEqual([]);
    expect(await tracker.runs('ranker')).toEqual([]);
    expect(await countTrials(tracker, 'ranker')).toBe(0);
  });

  it('gives back what it was given, to others too', async () => {
    const { tracker, other } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    await run.logMetrics({ loss: 0.7, ic: null }, 1);
    await run.logMetrics({ loss: 0.6, 'ic/2016': -0.01 }, 2);
    await run.logArtifact('model.txt', 'tree');
    await run.logArtifact('plots/decay.bin', Uint8Array.of(1, 2, 3));
    await run.end('finished');
    const [record, ...more] = await other.runs('ranker');
    expect(more).toEqual([]);
    expect(record).toEqual({ ...SPEC, id: run.id, status: 'finished', startedAt: '2018-02-08T12:00:01.000Z', endedAt: expect.any(String), evaluations: 1, metrics: { loss: 0.6, ic: null, 'ic/2016': -0.01 } });
    expect(record.endedAt! > record.startedAt).toBe(true);
  });

  it('shows a run that goes on, with its figures so far', async () => {
    const { tracker, other } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    expect(await other.runs()).toMatchObject([{ id: run.id, status: 'running', endedAt: null, metrics: {} }]);
    await run.logMetrics({ loss: 0.7 });
    expect(await other.runs()).toMatchObject([{ status: 'running', metrics: { loss: 0.7 } }]);
    expect(await countTrials(other, 'ranker')).toBe(0);
  });

  it('keeps why a run failed, and does not count it as a trial', async () => {
    const { tracker } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    await run.logMetrics({ loss: 9 });
    await run.end('failed', 'the loss grew');
    expect(await tracker.runs()).toMatchObject([{ status: 'failed', reason: 'the loss grew', metrics: { loss: 9 } }]);
    expect(await countTrials(tracker, 'ranker')).toBe(0);
  });

  it('takes the same configuration for the same trial, and replaces its figures', async () => {
    const { tracker, other } = await make(tickingClock());
    const id = await evaluate(tracker, SPEC, { ic: 0.01, old: 1 });
    const { params, tags: _, ...rest } = SPEC;
    const reordered = { ...rest, params: Object.fromEntries(Object.entries(params).reverse()), name: 'another name' };
    expect(await evaluate(other, reordered, { ic: 0.02 })).toBe(id);
    expect(await tracker.runs()).toMatchObject([{ id, evaluations: 2, status: 'finished', metrics: { ic: 0.02 } }]);
    expect((await tracker.runs())[0].metrics).not.toHaveProperty('old');
    expect(await countTrials(tracker, 'ranker')).toBe(1);
  });

  it.each<[string, Partial<RunSpec>]>([
    ['experiment', { experiment: 'ranker-2' }],
    ['parameter', { params: { ...SPEC.params, leaves: 32 } }],
    ['type of a parameter', { params: { ...SPEC.params, leaves: '31' } }],
    ['missing parameter', { params: { leaves: 31 } }],
    ['seed', { seed: 8 }],
    ['data', { data: { ...SPEC.data, bars: 'd'.repeat(64) } }],
    ['code', { code: 'e'.repeat(64) }],
  ])('takes another %s for another trial', async (_, change) => {
    const { tracker } = await make(tickingClock());
    const one = await evaluate(tracker, SPEC, { ic: 0.01 });
    const two = await evaluate(tracker, { ...SPEC, ...change }, { ic: 0.03 });
    expect(two).not.toBe(one);
    expect((await tracker.runs()).map(({ id, evaluations, metrics }) => [id, evaluations, metrics['ic']])).toEqual([[one, 1, 0.01], [two, 1, 0.03]]);
  });

  it('counts a trial that has finished, whatever becomes of it when it is evaluated again', async () => {
    const { tracker } = await make(tickingClock());
    await evaluate(tracker, SPEC, { ic: 0.01 });
    const again = await tracker.start(SPEC);
    await again.logMetrics({ ic: 5 });
    expect(await tracker.runs()).toMatchObject([{ status: 'finished', evaluations: 2, metrics: { ic: 0.01 } }]);
    await again.end('failed', 'out of memory');
    expect(await tracker.runs()).toMatchObject([{ status: 'finished', evaluations: 2, metrics: { ic: 0.01 }, reason: expect.stringContaining('out of memory') }]);
    expect(await countTrials(tracker, 'ranker')).toBe(1);
    await evaluate(tracker, SPEC, { ic: 0.02 });
    const [record] = await tracker.runs();
    expect(record).toMatchObject({ status: 'finished', evaluations: 3, metrics: { ic: 0.02 } });
    expect(record).not.toHaveProperty('reason');
  });

  it('lists runs oldest first, of one experiment or of all', async () => {
    const { tracker } = await make(tickingClock());
    const seeds = [5, 3, 9, 1];
    for (const seed of seeds) await evaluate(tracker, { ...SPEC, experiment: seed > 4 ? 'large' : 'small', seed }, {});
    expect((await tracker.runs()).map(({ seed }) => seed)).toEqual(seeds);
    expect((await tracker.runs('large')).map(({ seed }) => seed)).toEqual([5, 9]);
    expect(await countTrials(tracker, 'small')).toBe(2);
  });

  it('keeps the order of calls that nobody waits for', async () => {
    const { tracker } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    for (let step = 0; step < 30; step++) void run.logMetrics({ step }, step);
    await run.end('finished');
    expect(await tracker.runs()).toMatchObject([{ metrics: { step: 29 } }]);
  });

  it('refuses what comes after the end', async () => {
    const { tracker } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    await run.end('finished');
    await expect(run.logMetrics({ ic: 1 })).rejects.toMatchObject({ code: 'RUN_ENDED' });
    await expect(run.logArtifact('a', 'b')).rejects.toMatchObject({ code: 'RUN_ENDED' });
    await expect(run.end('failed')).rejects.toMatchObject({ code: 'RUN_ENDED' });
    expect(await tracker.runs()).toMatchObject([{ status: 'finished', metrics: {} }]);
  });

  it.each([Number.NaN, Infinity, -Infinity, undefined, '1'])('refuses the figure %s, and keeps nothing of its call', async (value) => {
    const { tracker } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    await expect(run.logMetrics({ good: 1, bad: value as number })).rejects.toMatchObject({ code: 'NOT_FINITE' });
    await run.end('finished');
    expect(await tracker.runs()).toMatchObject([{ metrics: {} }]);
  });

  it.each<[string, Partial<RunSpec>]>([
    ['params', { params: { 'openai.apiKey': 'sk-planted' } }],
    ['params', { params: { MLFLOW_TOKEN: 'sk-planted' } }],
    ['tags', { tags: { 'db-password': 'sk-planted' } }],
    ['data', { data: { secret: 'sk-planted' } }],
  ])('refuses secrets among %s, and does not repeat them', async (_, change) => {
    const { tracker } = await make(tickingClock());
    const error = await tracker.start({ ...SPEC, ...change }).then(() => null, (reason: unknown) => reason as Error);
    expect(error).toMatchObject({ code: 'SECRET_KEY' });
    expect(JSON.stringify({ ...error, message: error!.message })).not.toContain('sk-planted');
    expect(await tracker.runs()).toEqual([]);
  });

  it.each(['', '..', '.', 'a/b', '/tmp/x', '..\\x', '.hidden', 'Ranker', 'a..b', 'a-', 'con', 'nul.txt', 'a\0', 'ä', 'x'.repeat(101)])('refuses the experiment %j', async (experiment) => {
    const { tracker } = await make(tickingClock());
    await expect(tracker.start({ ...SPEC, experiment })).rejects.toMatchObject({ code: 'BAD_EXPERIMENT_NAME' });
    await expect(tracker.runs(experiment)).rejects.toMatchObject({ code: 'BAD_EXPERIMENT_NAME' });
  });

  it.each(['', '..', '../a', 'a/../../b', '/etc/passwd', 'a//b', 'a/', './a', 'C:\\x', 'a\\..\\b', '.env', 'a/.b', 'a\0b', 'a\nb', 'nul', 'x.1-a-1.tmp', 'a ', '%2e%2e/a', '~/a'])('refuses the artifact %j', async (name) => {
    const { tracker } = await make(tickingClock());
    const run = await tracker.start(SPEC);
    await expect(run.logArtifact(name, 'x')).rejects.toMatchObject({ code: 'BAD_ARTIFACT_NAME' });
  });
}
