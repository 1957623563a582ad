import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { championAmong, promotedModels, promoteModel } from '../../src/lab/models/promoted-models.js';
import { storedModels } from '../../src/lab/models/model-folder.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { FakeMlflow } from '../tracking/fake-mlflow/server.js';
import { swing as runSwing, type Ended } from './run.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let env: NodeJS.ProcessEnv = {};
const COMMANDS = [() => import('../../src/cli/commands/train.js'), () => import('../../src/cli/commands/runs.js')];
const swing = (...argv: string[]): Promise<Ended> => runSwing(argv, { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS, env });
const models = (): string => join(place.folder, 'models');
const listed = async (...argv: string[]): Promise<any[]> => JSON.parse((await swing('train', 'list', '--json', ...argv)).stdout).models.filter(({ origin }: any) => origin === 'trained');

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\ntraining: { features: [momentum, volatility], residual: market, train: 120, test: 60 }\nforecast: { window: 60, minSessions: 20 }\n');
  for (const end of ['2017-10-02', '2017-12-15']) expect((await swing('train', 'ridge', '--end-date', end, '--name', `ridge-${end.slice(5)}`)).code).toBe(0);
});
afterAll(() => place.remove());
beforeEach(async () => {
  env = {};
  await rm(join(models(), 'promoted.json'), { force: true });
});

describe('swing train list, show, promote', { timeout: 60_000 }, () => {
  it('list names every model, and which the daily run takes', async () => {
    const { code, stdout } = await swing('train', 'list');
    expect(code).toBe(0);
    expect(stdout).toContain('models, and whether the daily run of 2018-02-07 takes them');
    expect(stdout).toMatch(/^ridge-10-02 +ridge +here +– +2017-\d\d-\d\d +2017-10-02 +-?0\.\d{4} +-?\d+\.\d\d +no: ridge-12-15 goes before$/m);
    expect(stdout).toMatch(/^ridge-12-15 +ridge +here .* yes$/m);
    expect((await listed()).map(({ name, isTaken }) => [name, isTaken])).toEqual([['ridge-10-02', false], ['ridge-12-15', true]]);
    expect((await listed('--as-of', '2017-12-14')).map(({ verdict }) => verdict)).toEqual(['yes', 'no: usable from 2017-12-15 on']);
    expect((await listed('--set', 'forecast.model=momentum')).map(({ verdict }) => verdict)).toEqual(Array(2).fill('no: forecast.model is momentum'));
    expect((await listed('--set', 'forecast.maxAge=50')).map(({ verdict }) => verdict)).toEqual([expect.stringMatching(/^no: \d+ sessions old, more than 50$/), 'yes']);
  });

  it('show says what a model is, in words and as a document', async () => {
    const { stdout } = await swing('train', 'show', 'ridge-12-15');
    expect(stdout).toContain(`ridge-12-15, trained here: ${join(models(), 'ridge-12-15')}`);
    expect(stdout).toMatch(/validation sessions? rank correlation/);
    expect(stdout).toContain('taken by the daily run of 2018-02-07: yes');
    const card = JSON.parse(await readFile(join(models(), 'ridge-12-15', 'card.json'), 'utf8'));
    const document = JSON.parse((await swing('train', 'show', 'ridge-12-15', '--json')).stdout);
    expect(document).toMatchObject({ name: 'ridge-12-15', isTaken: true, card: { forecaster: 'ridge', features: card.features, validation: card.validation } });
    expect(await swing('train', 'show', 'ridge-12-51')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "ridge-12-15"?') });
  });

  it('promote puts a model forward by kind and alias, until it is trained anew', async () => {
    const { code, stdout, stderr } = await swing('train', 'promote', 'ridge-10-02');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ridge-10-02 is champion of ridge now\n' });
    expect(stderr).toContain('before newer models, from 2017-10-02 on');
    expect((await listed()).map(({ name, aliases, isTaken }) => [name, aliases, isTaken])).toEqual([['ridge-10-02', ['champion'], true], ['ridge-12-15', [], false]]);
    expect((await listed('--set', 'forecast.maxAge=50')).map(({ isTaken }) => isTaken)).toEqual([false, true]); // too old
    expect((await listed('--as-of', '2017-09-29')).map(({ isTaken }) => isTaken)).toEqual([false, false]); // not yet usable
    const stored = await storedModels(models());
    expect(championAmong(stored.models, await promotedModels(models()))?.name).toBe('ridge-10-02');
    await swing('train', 'promote', 'ridge-12-15', '--alias', 'challenger');
    expect(championAmong(stored.models, await promotedModels(models()))?.name).toBe('ridge-10-02');
    await swing('train', 'promote', 'ridge-12-15');
    expect((await promotedModels(models())).map(({ name, alias }) => [name, alias])).toEqual([['ridge-12-15', 'champion'], ['ridge-12-15', 'challenger']]);
    const other = stored.models.map((model) => (model.name === 'ridge-12-15' ? { ...model, card: { ...model.card, seed: 8 } } : model));
    expect(championAmong(other, await promotedModels(models()))).toBeNull();
    expect(await swing('train', 'promote', 'ridge-12-15', '--set', 'forecast.model=momentum')).toMatchObject({ code: 0, stderr: expect.stringContaining('warning: forecast.model is momentum') });
    expect(await swing('train', 'promote', 'nobody')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected the name of a model') });
  });

  it('of two kinds the champion that was promoted last is taken, of those that are given', async () => {
    const { models: stored } = await storedModels(models());
    const mine = stored.find(({ name }) => name === 'ridge-12-15')!;
    const other = { ...mine, name: 'other', card: { ...mine.card, forecaster: 'lightgbm' } };
    await promoteModel(models(), other, { promotedAt: '2018-01-01T00:00:00Z' });
    await promoteModel(models(), mine, { promotedAt: '2018-01-02T00:00:00Z' });
    const promoted = await promotedModels(models());
    expect(championAmong([other, mine], promoted)).toBe(mine);
    expect(championAmong([other], promoted)).toBe(other);
    expect(championAmong([], promoted)).toBeNull();
  });

  it('a list of promoted models that is damaged is named', async () => {
    for (const text of ['{', '{"schemaVersion":2,"promoted":[]}', '{"schemaVersion":1,"promoted":[{"name":"a"}]}', 'null']) {
      await writeFile(join(models(), 'promoted.json'), text);
      expect(await swing('train', 'list')).toMatchObject({ code: 3, stderr: expect.stringContaining('promoted.json') });
    }
  });

  it('promote has an MLflow server keep the model once and gives its version the alias', async () => {
    const fake = await FakeMlflow.start();
    env = { MLFLOW_TRACKING_URI: fake.url };
    expect((await swing('train', 'promote', 'ridge-10-02')).stdout).toContain(`also at ${fake.url}`);
    expect((await swing('train', 'promote', 'ridge-12-15')).code).toBe(0);
    expect((await swing('train', 'promote', 'ridge-10-02')).code).toBe(0);
    const { registered, models: logged } = fake.state();
    expect(logged.map(({ name }: any) => name).sort()).toEqual(['ridge-10-02', 'ridge-12-15']);
    expect(registered).toMatchObject([{ name: 'swinglab-ridge', aliases: { champion: '1' }, versions: [{ version: '1' }, { version: '2' }] }]);
    await fake.stop();
  });

  it('options of a training are none of these, and all are told by --help', async () => {
    expect(await swing('train', 'list', '--seed', '3')).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown option '--seed' of list") });
    expect(await swing('train', '--max-steps', '3', 'show', 'a')).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown option '--max-steps' of show") });
    expect(await swing('train')).toMatchObject({ code: 2, stderr: expect.stringContaining("missing required argument 'forecaster'") });
    const help = (await swing('train', '--help')).stdout;
    for (const word of ['<forecaster>', '--use-synthetic', '--max-time <duration>', '--resume', 'list', 'show', 'promote']) expect(help).toContain(word);
    expect((await readdir(models())).sort()).toEqual(['ridge-10-02', 'ridge-12-15']);
  });
});
