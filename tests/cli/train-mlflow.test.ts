import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { FakeMlflow } from '../tracking/fake-mlflow/server.js';
import { swing as runSwing } from './run.js';

const COMMANDS = [() => import('../../src/cli/commands/train.js'), () => import('../../src/cli/commands/evaluate.js'), () => import('../../src/cli/commands/runs.js')];

describe('with an MLflow server', () => {
  it('swing evaluate copies its run and swing train its model, and both work where it is away', { timeout: 60_000 }, async () => {
    const place = await temporaryFolder();
    onTestFinished(() => place.remove());
    const fake = await FakeMlflow.start();
    const swing = (...argv: string[]): ReturnType<typeof runSwing> => runSwing(argv, { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS, env: { MLFLOW_TRACKING_URI: fake.url } });
    await writeSmallMarket(join(place.folder, 'bars'));
    await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\ntraining: { features: [momentum, volatility], residual: market, train: 120, test: 60 }\nforecast: { window: 60, minSessions: 20 }\n');

    expect((await swing('evaluate', 'momentum')).code).toBe(0);
    const { runs: [evaluated] } = fake.state();
    expect(evaluated).toMatchObject({ experiment: 'swinglab/evaluate', name: 'momentum', status: 'FINISHED', params: { forecaster: 'momentum' } });
    expect(Object.values(evaluated.shown).every((value) => value === 'NaN' || Number.isFinite(value))).toBe(true);
    expect(evaluated.datasets.map(({ name }: any) => name)).toEqual(['features', 'labels', 'judged']);

    const trained = await swing('train', 'ridge', '--start-date', '2016-09-01', '--end-date', '2017-12-15', '--param', 'penalty=1', '--alias', 'champion', '--json');
    const { name, card } = JSON.parse(trained.stdout);
    const { runs, models, registered } = fake.state();
    const run = runs.find(({ experiment }: any) => experiment === 'swinglab/train');
    expect(run).toMatchObject({ name: 'ridge', status: 'FINISHED', models: [name], params: { 'model.penalty': '1', trainedThrough: card.trainedThrough }, shown: { 'validation rank IC': card.validation.rankIc, samples: card.samples }, tags: { model: name } });
    expect(models).toMatchObject([{ name, type: 'ridge', status: 'LOGGED_MODEL_READY', run: run.tags['swinglab.run'], artifacts: { MLmodel: expect.any(String), 'ridge.json': expect.any(String) } }]);
    expect(JSON.parse(models[0].artifacts['card.json'])).toMatchObject({ hash: expect.any(String), forecaster: 'ridge' });
    expect(registered).toMatchObject([{ name: 'swinglab-ridge', aliases: { champion: '1' }, versions: [{ version: '1' }] }]);

    await fake.stop();
    const away = await swing('evaluate', 'reversal', '--json');
    expect(away.code).toBe(0);
    expect((await swing('runs', 'list', 'evaluate')).stdout).toContain('evaluate: 2 finished trials');
    await fake.start();
    expect((await swing('runs', 'sync')).stdout).toMatch(/^sent (1 run|nothing) to .*, which now has everything\n$/); // on a slow machine the lab's own next try came first
    expect(fake.state()['runs'].map(({ name: of }: any) => of).sort()).toEqual(['momentum', 'reversal', 'ridge']);
    expect(await runSwing(['train', 'ridge', '--alias', 'champion'], { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS })).toMatchObject({ code: 2, stderr: expect.stringContaining('expected --alias with an MLflow server') });
    expect(await swing('train', 'ridge', '--alias', 'v1')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected an alias') });
  });
});
