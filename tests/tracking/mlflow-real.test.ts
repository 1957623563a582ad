import { describe, expect, it } from 'vitest';

import { MlflowClient } from '../../src/tracking/mlflow/client.js';
import { sendRequest } from '../../src/tracking/mlflow/http-request.js';
import { listOf, objectOf, textOf, type Fields } from '../../src/tracking/mlflow/json-answer.js';
import { serverAddress } from '../../src/tracking/mlflow/server-address.js';
import type { Tracker } from '../../src/tracking/tracker.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { FakeMlflow } from './fake-mlflow/server.js';
import { killWriters, mirrored, type Mirrored } from './mirrored.js';
import { temporaryFolder } from './temporary-folder.js';

/** Address of a real MLflow server, whatever it holds; the configuration of the tests moves it out of the lab's sight. */
const ADDRESS = process.env['SWINGLAB_MLFLOW'] ?? '';

if (ADDRESS === '') console.log('skipped: MLFLOW_TRACKING_URI names no MLflow server (npm run verify:full starts one)');

describe.skipIf(ADDRESS === '')('a real MLflow server', () => {
  it('has in the end what the server of the other tests has', { timeout: 120_000 }, async () => {
    const client = new MlflowClient({ address: serverAddress(ADDRESS, process.env), timeoutMs: 30_000 });
    const fake = await FakeMlflow.start();
    const mark = `real-${Date.now().toString(36)}`;
    for (const url of [ADDRESS, fake.url]) await session(url, mark);
    const told = await Promise.all(['', '-other'].map((suffix) => runsOf(client, `swinglab/${mark}${suffix}`)));
    const expected = ['', '-other'].map((suffix) => fake.state()['runs'].filter(({ experiment }: any) => experiment === `swinglab/${mark}${suffix}`));
    expect(told.map((runs) => runs.map(essence))).toEqual(expected.map((runs: any[]) => runs.map(({ name, status, startedAt, endedAt, params, tags, shown, artifacts, models }: any) => ({ name, status, startedAt, endedAt, params, tags, shown, artifacts: Object.keys(artifacts).map((path) => path.split('/')[0]).sort().filter((path, at, all) => all.indexOf(path) === at), models: models.length }))));
    const histories = await Promise.all(told[0].map((run) => historyOf(client, run)));
    expect(histories).toEqual(expected[0].map(({ points }: any) => points));
    const { model_versions: versions } = (await client.get('model-versions/search', { filter: `name='${mark}'` })) as { model_versions: Fields[] };
    expect(versions.map((version) => [version['version'], version['status']]).sort()).toEqual([['1', 'READY'], ['2', 'READY']]);
    const champion = objectOf(await client.get('registered-models/alias', { name: mark, alias: 'champion' }), 'model_version');
    expect(champion['version']).toBe('1');
    const model = objectOf(objectOf(await client.get(`logged-models/${textOf(champion, 'source').slice('models:/'.length)}`, {}), 'model'), 'info');
    expect(model).toMatchObject({ status: 'LOGGED_MODEL_READY', name: 'ridge-1', model_type: 'ridge' });
    const card = await sendRequest({ method: 'GET', url: `${ADDRESS}/api/2.0/mlflow-artifacts/artifacts/${textOf(model, 'artifact_uri').replace('mlflow-artifacts:/', '')}/card.json`, headers: {}, timeoutMs: 30_000 });
    expect(card.text).toBe('{"card":1}');
  });
});

/** What a session does that uses all there is: the same at any server. */
async function session(url: string, mark: string): Promise<void> {
  const folder = await temporaryFolder();
  const clock = tickingClock();
  const open = (): Mirrored => mirrored({ folder, url, clock, env: process.env, timeoutMs: 30_000, patienceMs: 60_000 });
  const { tracker, mirror, said } = open();
  const spec = { ...SPEC, experiment: mark };
  const run = await tracker.start({ ...spec, params: { ...SPEC.params, long: 'é'.repeat(6001), 'a=b': 'x', half: 'a\ud800b' }, tags: { note: 'y'.repeat(8001) } });
  for (let step = 0; step < 1200; step += 100) await run.logMetrics({ loss: 1 / (step + 1), ic: step % 200 === 0 ? null : step, 'rank IC at h=5': -step }, step);
  await run.logMetrics({ loss: 7 }, 3);
  await run.logArtifact('plots/decay.html', '<p>');
  await run.end('finished');
  await mirror.settle();
  await evaluate(tracker, { ...spec, seed: 8 }, { ic: 1, old: 2 });
  await mirror.settle();
  await evaluate(tracker, { ...spec, seed: 8 }, { ic: 3 });
  const failed = await tracker.start({ ...spec, experiment: `${mark}-other` });
  await failed.end('failed', 'out of memory');
  const cutOff = await tracker.start({ ...spec, experiment: `${mark}-other`, seed: 9 });
  await cutOff.logMetrics({ ic: 0.5 }, 1);
  const keys: string[] = [];
  for (const at of [1, 2]) keys.push(await mirror.logModel({ experiment: mark, name: `ridge-${at}`, type: 'ridge', run: run.id, files: { 'card.json': `{"card":${at}}` }, figures: { loss: 7, other: null }, madeAt: '2018-02-08T12:00:00.000Z', registered: mark, aliases: ['champion'] }));
  await mirror.promote({ registered: mark, model: keys[0], alias: 'champion' });
  await mirror.settle();
  await killWriters(folder);
  await open().mirror.sync();
  expect(said).toEqual([]);
  await mirror.adopt(await tracker.runs()); // once more, all of it
  const { left, blocked } = await open().mirror.sync();
  expect({ left, blocked }).toEqual({ left: [], blocked: null });
}

async function evaluate(tracker: Tracker, spec: typeof SPEC, figures: Record<string, number>): Promise<void> {
  const run = await tracker.start(spec);
  await run.logMetrics(figures);
  await run.end('finished');
}

async function runsOf(client: MlflowClient, experiment: string): Promise<Fields[]> {
  const { experiment_id: id } = objectOf(await client.get('experiments/get-by-name', { experiment_name: experiment }), 'experiment');
  const runs = listOf(await client.post('runs/search', { experiment_ids: [id], max_results: 100 }), 'runs');
  const withFiles = await Promise.all(runs.map(async (run) => ({ ...run, files: listOf(await client.get('artifacts/list', { run_id: textOf(objectOf(run, 'info'), 'run_id') }), 'files').map(({ path }) => path) })));
  return withFiles.sort((a, b) => (String(keyed(a, 'tags')['swinglab.run']) < String(keyed(b, 'tags')['swinglab.run']) ? -1 : 1));
}

function keyed(run: Fields, list: string): Record<string, unknown> {
  return Object.fromEntries(listOf(objectOf(run, 'data'), list).map(({ key, value }) => [key as string, value] as const).sort());
}

function essence(run: Fields): unknown {
  const { run_name: name, status, start_time: startedAt, end_time: endedAt = null } = objectOf(run, 'info');
  return { name, status, startedAt, endedAt, params: keyed(run, 'params'), tags: keyed(run, 'tags'), shown: keyed(run, 'metrics'), artifacts: run['files'], models: listOf(objectOf(run, 'outputs'), 'model_outputs').length };
}

async function historyOf(client: MlflowClient, run: Fields): Promise<unknown[]> {
  const id = textOf(objectOf(run, 'info'), 'run_id');
  const histories = await Promise.all(Object.keys(keyed(run, 'metrics')).map((key) => client.get('metrics/get-history', { run_id: id, metric_key: key, max_results: '10000' })));
  const points = histories.flatMap((history) => listOf(history, 'metrics').map(({ key, step, timestamp, value }) => [key, step, timestamp, value]));
  return points.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
