import { beforeEach, describe, expect, it } from 'vitest';

import type { ModelToLog } from '../../src/tracking/mlflow/model-to-log.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { FakeMlflow } from './fake-mlflow/server.js';
import { mirrored, type Mirrored } from './mirrored.js';
import { temporaryFolder } from './temporary-folder.js';

let fake: FakeMlflow;
let world: Mirrored;

const MODEL: ModelToLog = { experiment: 'train', name: 'ridge-2017.12', type: 'ridge', files: { 'card.json': '{"a":1}', 'ridge.json': '[]' }, params: { penalty: '1' }, figures: { 'rank IC': 0.02, t: null }, tags: { usableFrom: '2017-12-15' }, madeAt: '2018-02-08T12:00:00.000Z', registered: 'swinglab-ridge', aliases: ['champion'] };

beforeEach(async () => {
  fake = await FakeMlflow.start();
  world = mirrored({ folder: await temporaryFolder(), url: fake.url, clock: tickingClock() });
});

async function train(model: ModelToLog): Promise<string> {
  const run = await world.tracker.start({ ...SPEC, experiment: 'train' });
  await run.logMetrics({ 'rank IC': 0.02, t: null });
  await run.end('finished');
  return world.mirror.logModel({ ...model, run: run.id });
}

describe('a trained model', () => {
  it('stands at the server with its files, its run, its figures and a version', async () => {
    const key = await train(MODEL);
    await world.mirror.settle();
    const { models, runs, registered } = fake.state();
    expect(world.said).toEqual([]);
    const id = runs[0].tags['swinglab.run'];
    expect(runs[0].models).toEqual(['ridge-2017-12']);
    expect(models).toEqual([{
      experiment: 'swinglab/train', name: 'ridge-2017-12', type: 'ridge', status: 'LOGGED_MODEL_READY', run: id,
      params: [{ key: 'penalty', value: '1' }], tags: { usableFrom: '2017-12-15', 'swinglab.model': key, 'mlflow.modelVersions': '[{"name": "swinglab-ridge", "version": 1}]' },
      points: [['rank IC', 0.02, 0, runs[0].points[0][2], id], ['t', 'NaN', 0, runs[0].points[1][2], id]],
      artifacts: { 'card.json': '{"a":1}', 'ridge.json': '[]', MLmodel: expect.stringMatching(/^artifact_path: "mlflow-artifacts:.*"\nflavors: \{"swinglab":\{"name":"ridge-2017\.12","forecaster":"ridge","hash":"[\da-f]{64}"\}\}\nmodel_id: "model ridge-2017-12"\nrun_id: "run [\da-f]{16}"\nutc_time_created: "2018-02-08 12:00:00\.000"\n$/) },
    }]);
    expect(registered).toEqual([{ name: 'swinglab-ridge', aliases: { champion: '1' }, versions: [{ version: '1', source: 'models:/model ridge-2017-12', run: id, tags: { 'swinglab.model': key } }] }]);
    expect(runs[0].points).toHaveLength(2); // the model's points are those of the run
  });

  it('changes nothing of what its run shows', async () => {
    await train({ ...MODEL, figures: { 'rank IC': 0.9, t: null, other: 1 } });
    await world.mirror.settle();
    const { runs, models } = fake.state();
    expect(runs[0].shown).toEqual({ 'rank IC': 0.02, t: 'NaN' });
    expect(models[0].points.map(([key]: [string]) => key)).toEqual(['t']);
  });

  it('is kept once, however often it is logged', async () => {
    await train(MODEL);
    await world.mirror.settle();
    const state = fake.state();
    await train(MODEL);
    await world.mirror.settle();
    expect(fake.state()).toEqual({ ...state, runs: [{ ...state['runs'][0], tags: { ...state['runs'][0].tags, 'swinglab.evaluations': '2', 'swinglab.evaluation': '2' } }] });
  });

  it('of other content or another name is another version, and the last one has the alias', async () => {
    await world.mirror.logModel(MODEL);
    await world.mirror.logModel({ ...MODEL, files: { ...MODEL.files, 'ridge.json': '[1]' } });
    await world.mirror.logModel({ ...MODEL, name: 'another', aliases: [] });
    await world.mirror.settle();
    expect(fake.state()).toMatchObject({ registered: [{ aliases: { champion: '2' }, versions: [{}, {}, {}] }] });
  });

  it('gets an alias later, which goes to another when that is promoted', async () => {
    const keys = [await world.mirror.logModel({ ...MODEL, aliases: [] }), await world.mirror.logModel({ ...MODEL, name: 'another', aliases: [] })];
    for (const [at, version] of [[0, '1'], [1, '2'], [0, '1']] as const) {
      await world.mirror.promote({ registered: 'swinglab-ridge', model: keys[at], alias: 'champion' });
      await world.mirror.settle();
      expect(fake.state()['registered'][0].aliases).toEqual({ champion: version });
    }
    await world.mirror.promote({ registered: 'swinglab-ridge', model: '0'.repeat(64), alias: 'challenger' });
    await world.mirror.settle();
    expect(world.said).toEqual([expect.stringMatching(/^MLflow did not take the alias "challenger" of "swinglab-ridge": expected a version of "swinglab-ridge" in MLflow's registry/)]);
  });

  it('waits its turn: where an earlier one of its name failed, the alias does not go backwards', async () => {
    let failing = true;
    fake.fate = ({ path }) => (failing && path.includes('registered-models/create') ? 500 : 'answer');
    await world.mirror.logModel(MODEL);
    await world.mirror.settle();
    failing = false;
    await world.mirror.logModel({ ...MODEL, name: 'newer' });
    await world.mirror.logModel({ ...MODEL, name: 'other kind', registered: 'swinglab-lightgbm' });
    await world.mirror.sync();
    const { registered } = fake.state();
    expect(registered.map(({ name, aliases }: any) => [name, aliases])).toEqual([['swinglab-ridge', { champion: '2' }], ['swinglab-lightgbm', { champion: '1' }]]);
  });

  it('does not hold up runs where the server is of a version without logged models', async () => {
    fake.fate = ({ path }) => (/logged-models/.test(path) ? 404 : 'answer');
    await train(MODEL);
    await world.tracker.start({ ...SPEC, seed: 9 }).then((run) => run.end('finished'));
    await world.mirror.settle();
    expect(fake.state()['runs'].map(({ status }: any) => status)).toEqual(['FINISHED', 'FINISHED']);
    expect(world.said).toEqual([expect.stringContaining('MLflow did not take the model "ridge-2017.12": expected MLflow 3 at')]);
  });

  it.each<[string, Partial<ModelToLog>, string]>([
    ['alias', { aliases: ['latest'] }, 'BAD_ALIAS'],
    ['alias', { aliases: ['v2'] }, 'BAD_ALIAS'],
    ['registered name', { registered: 'a/b' }, 'BAD_MODEL_NAME'],
    ['registered name', { registered: "a' or name='b" }, 'BAD_MODEL_NAME'],
    ['file', { files: { '../card.json': 'x' } }, 'BAD_ARTIFACT_NAME'],
    ['parameter', { params: { 'api-key': 'x' } }, 'SECRET_KEY'],
    ['tag', { tags: { password: 'x' } }, 'SECRET_KEY'],
    ['figure', { figures: { ic: Number.NaN } }, 'NOT_FINITE'],
    ['experiment', { experiment: '../x' }, 'BAD_EXPERIMENT_NAME'],
  ])('is refused for its %s, and nothing is noted', async (_, change, code) => {
    await expect(world.mirror.logModel({ ...MODEL, ...change })).rejects.toMatchObject({ code });
    expect(await world.mirror.waiting()).toEqual([]);
  });
});
