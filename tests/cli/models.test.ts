import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing as runSwing } from './run.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let trained: Awaited<ReturnType<typeof runSwing>>;
const COMMANDS = [() => import('../../src/cli/commands/train.js'), () => import('../../src/cli/commands/predict.js'), () => import('../../src/cli/commands/evaluate.js'), () => import('../../src/cli/commands/runs.js')];
const swing = (...argv: string[]): ReturnType<typeof runSwing> => runSwing(argv, { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS });

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\ntraining: { features: [momentum, volatility], residual: market, train: 120, test: 60 }\nforecast: { window: 60, minSessions: 20 }\n');
  trained = await swing('train', 'ridge', '--start-date', '2016-09-01', '--end-date', '2017-12-15', '--param', 'penalty=1', '--json');
});
afterAll(() => place.remove());

describe('swing train, predict, evaluate', () => {
  it('train keeps a model that learnt from nothing after the end date, under a name', async () => {
    const { code, stdout } = trained;
    expect(code).toBe(0);
    const { name, card } = JSON.parse(stdout) as { name: string; card: Record<string, unknown> };
    expect(name).toBe('ridge-2017-12-15');
    expect(card).toMatchObject({ forecaster: 'ridge', trainedFrom: '2016-09-01', trainedThrough: '2017-12-07', usableFrom: '2017-12-15', horizon: 5, normalization: 'rank', params: { penalty: 1 } });
    expect((await readdir(join(place.folder, 'models', name))).sort()).toEqual(['card.json', 'ridge.json']);
  });

  it('predict ranks every member by it, with reasons, and keeps a table on request', async () => {
    const { code, stdout } = await swing('predict', '--top', '3', '--csv', 'scores.csv');
    expect(code).toBe(0);
    expect(stdout).toContain('As of 2018-02-07, 29 members by ridge regression, learnt through 2017-');
    expect(stdout).toMatch(/1 +[A-Z]+ +-?0\.\d+ .* (raises|lowers) its score, \d/);
    const rows = (await readFile(join(place.folder, 'scores.csv'), 'utf8')).trim().split('\n');
    expect(rows[0]).toBe('as_of,rank,symbol,score,expected_return,interval_low,interval_high,coverage,horizon');
    expect(rows).toHaveLength(30);
  });

  it('predict on an earlier session does not take a model from later', async () => {
    const { stdout } = await swing('predict', '--as-of', '2017-12-14', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ asOf: '2017-12-14', model: { name: 'momentum', origin: 'evening' }, notices: [expect.stringContaining('12-1 momentum')] });
    expect(await swing('predict', '--as-of', '2017-12-14', '--model', 'ridge-2017-12-15')).toMatchObject({ code: 2, stderr: expect.stringContaining('usable from 2017-12-15') });
  });

  it('evaluate judges a trained model only on sessions it had not learnt from', async () => {
    const { code, stdout } = await swing('evaluate', 'ridge-2017-12-15', '--json');
    expect(code).toBe(0);
    const { figures } = JSON.parse(stdout) as { figures: { first: string; rankIc: { sessions: number } } };
    expect(figures.first).toBe('2017-12-15');
    expect(await swing('evaluate', 'ridge-2017-12-15', '--start-date', '2017-12-01')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected sessions that "ridge-2017-12-15" had not learnt from') });
  });

  it('evaluate walks a forecaster forward, writes a page, and the run is listed', async () => {
    const { code, stdout } = await swing('evaluate', 'momentum');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Rank IC −?0\.\d+ over \d+ sessions/);
    expect(await readFile(join(place.folder, 'runs', 'evaluations', 'momentum.html'), 'utf8')).toContain('<!doctype html>');
    expect((await swing('runs', 'list', 'evaluate')).stdout).toContain('momentum');
  });

  it('refuse what they do not know, by its nearest name', async () => {
    expect(await swing('train', 'lightgmb')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "lightgbm"?') });
    expect(await swing('train', 'ridge', '--param', 'penality=1')).toMatchObject({ code: 2, stderr: expect.stringContaining('penality') });
    expect(await swing('train', 'ridge', '--end-date', '2016-06-15')).toMatchObject({ code: 2, stderr: expect.stringContaining('sessions with outcomes known') });
    expect(await swing('evaluate', 'nothing')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected one of the forecasters') });
  });
});
