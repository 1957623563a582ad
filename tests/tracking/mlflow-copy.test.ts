import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import type { RunSpec } from '../../src/tracking/tracker.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { FakeMlflow } from './fake-mlflow/server.js';
import { killWriters, mirrored, type Mirrored } from './mirrored.js';
import { temporaryFolder } from './temporary-folder.js';

let folder: string;
let fake: FakeMlflow;
let world: Mirrored;
const again = (): Mirrored => mirrored({ folder, url: fake.url, clock: tickingClock() });

beforeEach(async () => {
  folder = await temporaryFolder();
  fake = await FakeMlflow.start();
  world = again();
});

async function evaluate({ tracker }: Mirrored, spec: RunSpec, ...figures: Record<string, number | null>[]): Promise<string> {
  const run = await tracker.start(spec);
  for (const [step, values] of figures.entries()) await run.logMetrics(values, figures.length > 1 ? step : undefined);
  await run.end('finished');
  return run.id;
}

/** The one run that the server has. */
function theRun(): Record<string, any> {
  const { runs } = fake.state();
  expect(runs).toHaveLength(1);
  return runs[0];
}

describe('a run at the server', () => {
  it('says what the local files say', async () => {
    const run = await world.tracker.start(SPEC);
    await run.logMetrics({ loss: 0.7, ic: null }, 1);
    await run.logMetrics({ loss: 0.6, ic: 0.02 }, 2);
    await run.logArtifact('model.txt', 'tree');
    await run.logArtifact('plots/decay.html', '<p>');
    await run.end('finished');
    await world.mirror.settle();
    expect(theRun()).toEqual({
      experiment: 'swinglab/ranker', name: 'lambdarank', status: 'FINISHED', startedAt: Date.UTC(2018, 1, 8, 12, 0, 1), endedAt: Date.UTC(2018, 1, 8, 12, 0, 4),
      params: { leaves: '31', rate: '0.05', objective: 'lambdarank', monotone: 'false', seedOfBagging: 'null', seed: '7' },
      tags: { author: 'test', 'mlflow.runName': 'lambdarank', 'mlflow.source.name': 'swinglab', 'mlflow.source.type': 'LOCAL', 'swinglab.run': run.id, 'swinglab.code': SPEC.code, 'swinglab.version': expect.any(String), 'swinglab.evaluations': '1', 'swinglab.evaluation': '1' },
      points: [['ic', 1, Date.UTC(2018, 1, 8, 12, 0, 2), 'NaN'], ['ic', 2, Date.UTC(2018, 1, 8, 12, 0, 3), 0.02], ['loss', 1, Date.UTC(2018, 1, 8, 12, 0, 2), 0.7], ['loss', 2, Date.UTC(2018, 1, 8, 12, 0, 3), 0.6]],
      shown: { ic: 0.02, loss: 0.6 },
      datasets: [{ name: 'bars', digest: 'a'.repeat(36), source_type: 'local', source: JSON.stringify({ uri: 'swinglab:bars', hash: 'a'.repeat(64) }) }, { name: 'labels', digest: 'b'.repeat(36), source_type: 'local', source: expect.stringContaining('b'.repeat(64)) }],
      models: [],
      artifacts: { 'model.txt': 'tree', 'plots/decay.html': '<p>' },
    });
    expect(world.said).toEqual([]);
    expect(await world.mirror.waiting()).toEqual([]);
  });

  it('is seen while it goes on, and killed once its process is gone', async () => {
    const run = await world.tracker.start(SPEC);
    await run.logMetrics({ loss: 0.7 }, 1);
    await world.mirror.sync();
    expect(theRun()).toMatchObject({ status: 'RUNNING', endedAt: null, shown: { loss: 0.7 } });
    expect(await world.mirror.waiting()).toHaveLength(1);
    await killWriters(folder);
    await again().mirror.sync();
    expect(theRun()).toMatchObject({ status: 'KILLED', endedAt: Date.UTC(2018, 1, 8, 12, 0, 2) });
    expect(await world.mirror.waiting()).toEqual([]);
  });

  it('says why it failed', async () => {
    const run = await world.tracker.start(SPEC);
    await run.end('failed', `the loss grew\0 ${'x'.repeat(9000)}`);
    await world.mirror.settle();
    expect(theRun()).toMatchObject({ status: 'FAILED', tags: { 'swinglab.reason': expect.stringMatching(/^the loss grew\u2400 x{7000,}… \(9015 characters, the whole in run\.json of the local files\)$/) } });
  });

  it('keeps whole what MLflow would cut, and says so', async () => {
    const long = 'é'.repeat(6001);
    await evaluate(world, { ...SPEC, params: { long, fits: 'x'.repeat(6000), signs: '😀'.repeat(6000) }, tags: { note: 'y'.repeat(8001) } }, { ic: 1 });
    await world.mirror.settle();
    const { params, tags, artifacts } = theRun();
    expect(params.long).toMatch(/^é{5800}… \(6001 characters, the whole in swinglab\/params\.json\)$/);
    expect(params).toMatchObject({ fits: 'x'.repeat(6000), signs: '😀'.repeat(6000) });
    expect(tags.note).toMatch(/^y{7800}… \(8001 characters, the whole in swinglab\/tags\.json\)$/);
    expect(JSON.parse(artifacts['swinglab/params.json'])).toEqual({ long });
    expect(JSON.parse(artifacts['swinglab/tags.json'])).toEqual({ note: 'y'.repeat(8001) });
  });

  it('keeps what MLflow does not take under other names, and says so', async () => {
    const params = { 'a=b': 1, 'a#b': 2, 'a/../b': 3, ['k'.repeat(250)]: 4, half: 'a\ud800b', after: 'kept', seed: 'own' };
    await evaluate(world, { ...SPEC, params }, { 'rank IC at h=5': 0.1, 'quantile 5 − 1': 0.2, 'ä/1': 0.3 });
    await world.mirror.settle();
    const { params: kept, shown, artifacts } = theRun();
    const names = JSON.parse(artifacts['swinglab/names.json']);
    expect(Object.values(names).sort()).toEqual(['a#b', 'a/../b', 'a=b', 'quantile 5 − 1', 'rank IC at h=5']);
    expect(Object.keys(names).every((name) => /^(a_b|a\/_\/b|rank IC at h_5|quantile 5 _ 1)_[\da-f]{8}$/.test(name))).toBe(true);
    const byName = Object.fromEntries(Object.entries({ ...kept, ...shown }).map(([key, value]) => [names[key] ?? key, value]));
    expect(byName).toEqual({ 'a=b': '1', 'a#b': '2', 'a/../b': '3', ['k'.repeat(250)]: '4', half: 'a\ufffdb', after: 'kept', seed: 'own', 'swinglab.seed': '7', 'rank IC at h=5': 0.1, 'quantile 5 − 1': 0.2, 'ä/1': 0.3 });
    expect(JSON.parse(artifacts['swinglab/params.json'])).toEqual({ half: 'a\ud800b' });
  });

  it('fits into the batches that MLflow takes', async () => {
    const many = (count: number, prefix: string): Record<string, number> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, at]));
    const run = await world.tracker.start({ ...SPEC, params: many(250, 'p'), tags: Object.fromEntries(Object.keys(many(130, 't')).map((key) => [key, 'x'])) });
    await run.logMetrics(many(2500, 'm'));
    await run.end('finished');
    await world.mirror.settle();
    expect(world.said).toEqual([]);
    const { params, tags, shown } = theRun();
    expect([Object.keys(params).length, Object.keys(tags).length, Object.keys(shown).length]).toEqual([251, 138, 2500]);
    expect(fake.asked.filter((asked) => asked.endsWith('log-batch')).length).toBeLessThan(8);
  });

  it('shows the last figures, whatever their steps and however close together', async () => {
    const frozen = mirrored({ folder, url: fake.url, clock: { now: () => Date.UTC(2018, 1, 8) } });
    const run = await frozen.tracker.start(SPEC);
    await run.logMetrics({ up: 1, down: 9, late: 1, gone: 5 }, 8);
    await run.logMetrics({ up: 3, down: 2 }, 8);
    await run.logMetrics({ up: 2 }, 8);
    await run.logMetrics({ late: 7, gone: null }, 3);
    await run.end('finished');
    await frozen.mirror.settle();
    expect(theRun().shown).toEqual({ up: 2, down: 2, late: 7, gone: 'NaN' });
  });
});

describe('the same trial again', () => {
  it('is the same run; the same figures change nothing but the count', async () => {
    await evaluate(world, SPEC, { ic: 0.01, none: null }, { ic: 0.02, none: null });
    await world.mirror.settle();
    const first = theRun();
    const other = again();
    await evaluate(other, SPEC, { ic: 0.01, none: null }, { ic: 0.02, none: null });
    await other.mirror.settle();
    expect(theRun()).toEqual({ ...first, tags: { ...first['tags'], 'swinglab.evaluations': '2', 'swinglab.evaluation': '2' } });
  });

  it('replaces figures by others once it has finished, and takes away those it lacks', async () => {
    await evaluate(world, SPEC, { ic: 1, old: 1 }, { ic: 2 }, { ic: 3 });
    const run = await world.tracker.start(SPEC);
    await run.logMetrics({ ic: 5 }, 0);
    await world.mirror.sync();
    expect(theRun()).toMatchObject({ status: 'FINISHED', shown: { ic: 3, old: 1 } });
    await run.end('finished');
    await world.mirror.settle();
    expect(theRun()).toMatchObject({ status: 'FINISHED', shown: { ic: 5, old: 'NaN' }, tags: { 'swinglab.evaluations': '2' } });
  });

  it('without figures takes all away', async () => {
    await evaluate(world, SPEC, { ic: 1 });
    await world.mirror.settle();
    await evaluate(world, SPEC);
    await world.mirror.settle();
    expect(theRun()).toMatchObject({ status: 'FINISHED', shown: { ic: 'NaN' } });
  });

  it('that fails or is cut off leaves what has finished as it is', async () => {
    await evaluate(world, SPEC, { ic: 1 });
    const run = await world.tracker.start({ ...SPEC, name: 'another name' });
    await run.logMetrics({ ic: 9 });
    await run.end('failed', 'out of memory');
    const cutOff = await world.tracker.start(SPEC);
    await cutOff.logMetrics({ ic: 8 });
    await killWriters(folder);
    await world.mirror.settle();
    expect(theRun()).toMatchObject({ status: 'FINISHED', shown: { ic: 1 }, tags: { 'swinglab.evaluations': '3', 'swinglab.reason': expect.stringContaining('out of memory') } });
    await evaluate(world, SPEC, { ic: 1 });
    await world.mirror.settle();
    expect(theRun()).toMatchObject({ name: 'lambdarank', tags: { 'swinglab.evaluations': '4', 'swinglab.reason': '' } });
  });

  it('goes on where it was cut off', async () => {
    const first = await world.tracker.start(SPEC);
    for (let step = 0; step < 5; step++) await first.logMetrics({ loss: 5 - step }, step);
    await killWriters(folder);
    await again().mirror.sync();
    expect(theRun()).toMatchObject({ status: 'KILLED', shown: { loss: 1 } });
    const other = again();
    const second = await other.tracker.start(SPEC);
    await second.logMetrics({ loss: 3 }, 0);
    await other.mirror.sync();
    expect(theRun()).toMatchObject({ status: 'RUNNING' });
    await second.end('finished');
    await other.mirror.settle();
    expect(theRun()).toMatchObject({ status: 'FINISHED', shown: { loss: 3 } });
  });
});

describe('the server', () => {
  it('gets nothing of a run that somebody threw away there', async () => {
    await evaluate(world, SPEC, { ic: 1 });
    await world.mirror.settle();
    for (const run of fake.runs.runs.values()) run.isDeleted = true;
    await evaluate(world, SPEC, { ic: 2 });
    await world.mirror.settle();
    expect(fake.state()['runs']).toEqual([]);
    expect(fake.runs.runs.size).toBe(1);
    expect({ waiting: await world.mirror.waiting(), said: world.said }).toEqual({ waiting: [], said: [] });
  });

  it('gets what was kept before it was there, once', async () => {
    for (const seed of [1, 2, 3]) await evaluate({ ...world, tracker: world.local }, { ...SPEC, seed }, { ic: seed });
    await world.mirror.adopt(await world.local.runs());
    await world.mirror.sync();
    const state = fake.state();
    expect(state['runs']).toHaveLength(3);
    const asked = fake.asked.length;
    await world.mirror.adopt(await world.local.runs());
    await world.mirror.sync();
    expect(fake.state()).toEqual(state);
    expect(fake.asked.slice(asked).filter((one) => /create|update|PUT/.test(one))).toEqual([]);
  });

  it('gets an experiment that two make at once from either', async () => {
    const others = [again(), mirrored({ folder: await temporaryFolder(), url: fake.url, clock: tickingClock() })];
    await Promise.all(others.map((other, seed) => evaluate(other, { ...SPEC, seed }, { ic: seed })));
    await Promise.all(others.map((other) => other.mirror.settle()));
    expect(others.map(({ said }) => said)).toEqual([[], []]);
    expect(fake.state()['experiments']).toEqual(['swinglab/ranker']);
    expect(fake.state()['runs'].map((run: any) => [run.params.seed, run.shown.ic]).sort()).toEqual([['0', 0], ['1', 1]]);
  });

  it('is told of a deleted experiment by what can be done about it, and of the rest all the same', async () => {
    await evaluate(world, SPEC, { ic: 1 });
    await world.mirror.settle();
    fake.runs.deleteExperiment({ experiment_id: '1' });
    await evaluate(world, { ...SPEC, seed: 8 }, { ic: 2 });
    await evaluate(world, { ...SPEC, experiment: 'other' }, { ic: 3 });
    await world.mirror.settle();
    expect(fake.state()['runs']).toMatchObject([{ experiment: 'swinglab/other' }]);
    expect(world.said).toEqual([expect.stringMatching(/did not take run [\da-f]{16} of "ranker": .*found it deleted \(restore it: mlflow experiments restore --experiment-id 1\)\. It waits in ".*000\d+" until: swing runs sync/)]);
    await evaluate(world, { ...SPEC, experiment: 'other', seed: 9 }, { ic: 3 });
    await world.mirror.settle();
    expect(world.said).toHaveLength(1);
    fake.runs.experiments.get('1')!.isDeleted = false;
    const { done, left } = await again().mirror.sync();
    expect({ done: done.length, left }).toEqual({ done: 1, left: [] });
    expect(fake.state()['runs']).toMatchObject([{ experiment: 'swinglab/other' }, { experiment: 'swinglab/other' }, { experiment: 'swinglab/ranker', shown: { ic: 2 } }]);
  });

  it('gets files of the run only: links are left where they are', async () => {
    const run = await world.tracker.start(SPEC);
    await run.logArtifact('mine.txt', 'mine');
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'secret.txt'), 'not for others');
    const artifacts = join(folder, 'ranker', run.id, 'artifacts');
    await symlink(join(outside, 'secret.txt'), join(artifacts, 'link.txt'));
    await symlink(outside, join(artifacts, 'folder'));
    await run.end('finished');
    await world.mirror.settle();
    expect(theRun()['artifacts']).toEqual({ 'mine.txt': 'mine' });
    expect([...fake.artifacts.keys()]).toEqual([`1/${[...fake.runs.runs.keys()][0]}/artifacts/mine.txt`]);
  });

  it('does not get files by names that lead elsewhere', async () => {
    const run = await world.tracker.start(SPEC);
    const artifacts = join(folder, 'ranker', run.id, 'artifacts');
    await mkdir(artifacts, { recursive: true });
    await writeFile(join(artifacts, 'a%2f..%2fb'), 'x');
    await run.end('finished');
    await world.mirror.settle();
    expect([...fake.artifacts.keys()]).toEqual([]);
    expect(world.said).toEqual([expect.stringContaining('found "a%2f..%2fb"')]);
  });

  it('gets the rest of a run whose files it does not take itself', async () => {
    const run = await world.tracker.start(SPEC);
    await run.logArtifact('a.txt', 'a');
    await run.end('finished');
    fake.fate = () => 'answer';
    const { createRun, searchRuns } = fake.runs;
    const elsewhere = (answer: any): any => JSON.parse(JSON.stringify(answer).replaceAll('mlflow-artifacts:/', 's3://user:secret@bucket/'));
    fake.runs.createRun = (body) => elsewhere(createRun.call(fake.runs, body));
    fake.runs.searchRuns = (body) => elsewhere(searchRuns.call(fake.runs, body));
    await world.mirror.settle();
    expect(theRun()).toMatchObject({ status: 'FINISHED', artifacts: {} });
    expect(world.said).toEqual([expect.stringMatching(/expected an MLflow server that takes files itself, found that it keeps them at "s3:\/\/\*\*\*@bucket/)]);
    expect(world.said.join()).not.toContain('secret');
  });

  it('hears nothing of a run whose folder was removed', async () => {
    const id = await evaluate({ ...world, tracker: world.local }, SPEC, { ic: 1 });
    await world.mirror.adopt([{ experiment: 'ranker', id }]);
    await rm(join(folder, 'ranker', id), { recursive: true });
    await world.mirror.sync();
    expect(fake.state()['runs']).toEqual([]);
    expect((await readdir(join(folder, 'spool'))).filter((name) => !name.startsWith('lock-'))).toEqual([]);
  });
});
