import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { register } from '../../src/cli/commands/train.js';
import { runFolder } from '../../src/tracking/local-tracker.js';
import { ConfigError } from '../../src/core/errors.js';
import { tap } from '../../src/core/events.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import type { Forecaster } from '../../src/models/forecaster.js';
import { FORECASTERS, type ForecasterParams } from '../../src/models/registry.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { lineNetwork } from './line-network.js';
import { swing as runSwing, type Ended } from './run.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let interruptAt: number | null = null;
let begun = 0;

/** Ridge that tells of ten rounds first, in which its rank correlation rises to what it is asked to. */
function told({ quality, penalty }: ForecasterParams): Forecaster {
  if (quality === 13) throw new ConfigError('expected another quality than 13', { code: 'BAD_QUALITY' });
  const own = ridge({ penalty: Number(penalty ?? 10) });
  return {
    ...own, name: 'told', params: { quality, penalty: penalty ?? 10 }, choosesOnValidation: false,
    async *fit(data, context) {
      if (++begun === interruptAt) process.emit('SIGINT', 'SIGINT');
      for (let round = 1; round <= 10; round++) {
        await new Promise((resolve) => setImmediate(resolve));
        context.signal?.throwIfAborted();
        yield { kind: 'round', round, rounds: 10, validation: { rankIc: (Number(quality) * round) / 1000 } };
      }
      return yield* own.fit(data, context);
    },
  };
}

/** The smallest network; the fit that is to be interrupted is so after one of its two epochs. */
function line(params: ForecasterParams): Forecaster {
  const own = lineNetwork({ epochs: 2, rate: Number(params['rate'] ?? 0.05) });
  return {
    ...own, params,
    async *fit(data, context) {
      const isInterrupted = ++begun === interruptAt;
      return yield* tap(own.fit(data, context), (one) => void (isInterrupted && one.kind === 'training' && one.event.kind === 'step' && one.event.step === 45 && process.emit('SIGINT', 'SIGINT')));
    },
  };
}

const REGISTRY = { told, line, foundation: FORECASTERS['foundation'], lightgbm: FORECASTERS['lightgbm'] };
const COMMANDS = [async () => ({ register: (...[program, context]: Parameters<typeof register>) => register(program, context, REGISTRY) }), () => import('../../src/cli/commands/runs.js')];
const swing = (...argv: string[]): Promise<Ended> => runSwing(argv, { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS });
const folder = (...parts: string[]): string => join(place.folder, ...parts);
const space = (name: string, content: object): Promise<void> => writeFile(folder(name), JSON.stringify(content));

/** Those of an experiment, in the order of their trials: the clock of these tests stands still. */
async function runs(experiment: string): Promise<any[]> {
  const all: any[] = JSON.parse((await swing('runs', 'list', experiment, '--json')).stdout);
  return all.sort((a, b) => Number(a.tags.trial) - Number(b.tags.trial));
}

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(folder('bars'));
  await writeFile(folder('config.yaml'), 'data: { source: files, folder: bars, history: 300 }\ntraining: { features: [momentum, volatility], residual: market, train: 120, test: 60 }\nforecast: { window: 60, minSessions: 20 }\n');
  await space('quality.json', { quality: { integer: [20, 10_000] } });
  await writeFile(folder('rate.yaml'), '# of a line\nrate: { log: [1e-4, 1e-1] }\n');
});
afterAll(() => place.remove());
beforeEach(async () => {
  [interruptAt, begun] = [null, 0];
  for (const name of ['runs', 'models', 'synthetic']) await rm(folder(name), { recursive: true, force: true });
});

describe('swing train --tune', { timeout: 60_000 }, () => {
  it('counts every trial, pruned ones too, and trains the best, whose card says how it was chosen', async () => {
    const { code, stdout, stderr } = await swing('train', 'told', '--tune', '9', '--space', 'quality.json', '--param', 'penalty=3', '--name', 'a');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^trial 1 of 9: quality \d+\ntrial 1 of 9 rank IC /) });
    const all = await runs('tune-told');
    expect(all.map(({ status, name, params }) => [status, name, params['model.penalty'], params['sessions']])).toEqual(Array.from({ length: 9 }, (_, i) => ['finished', `told trial ${i + 1}`, 3, 120]));
    const pruned = all.filter(({ metrics }) => metrics['pruned'] === 1);
    expect(pruned.length).toBeGreaterThan(0);
    for (const { reason, metrics } of pruned) expect([reason, metrics['steps']]).toEqual([expect.stringMatching(/^pruned: its best of .* is worse than the median/), 1]);
    expect((await swing('runs', 'list', 'tune-told')).stdout).toContain('tune-told: 9 finished trials');
    expect(stderr).toContain('9 configurations of tune-told were evaluated in all');
    // ridge itself is the same whatever the quality, so all that finished are worth the same and the first of them is the best
    const { card } = JSON.parse((await swing('train', 'show', 'a', '--json')).stdout);
    expect(card).toMatchObject({ choseOnValidation: true, params: { quality: all[0].params['model.quality'], penalty: 3 } });
    expect(card.notes.at(-1)).toBe(`Parameters chosen by the validation sessions, the best of 9 trials (${pruned.length} ended early by the pruner "median"): its figures on these sessions are flattered.`);
    expect(card.validation.rankIc).toBe(all[0].metrics['validation rank IC']);
    const table = stdout.split('\n').slice(0, 10);
    expect(table[0]).toMatch(/^trial +end +rank IC +steps +quality$/);
    expect(table.slice(1).map((row) => row.split(/ +/)[1])).toEqual([...Array.from({ length: 9 - pruned.length }, () => 'finished'), ...pruned.map(() => 'pruned')]);
    const logged = (await readFile(runFolder(folder('runs', 'tracking'), 'tune-told', all[0].id).metrics(1), 'utf8')).trim().split('\n').map((text) => JSON.parse(text));
    expect(logged.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, null]);
  });

  it('tries the same with the same seed: the same runs, evaluated again', async () => {
    const argv = ['train', 'told', '--tune', '5', '--space', 'quality.json', '--pruner', 'asha', '--json'];
    const [first, again] = [await swing(...argv), await swing(...argv)];
    expect(first.code).toBe(0);
    expect(again.stdout).toBe(first.stdout);
    expect(JSON.parse(first.stdout).trials.map(({ state }: any) => state)).toContain('pruned');
    expect((await runs('tune-told')).map(({ evaluations }) => evaluations)).toEqual(Array.from({ length: 5 }, () => 2));
    await swing(...argv, '--seed', '9');
    expect(await runs('tune-told')).toHaveLength(10);
  });

  it('leaves a trial that is interrupted as failed, and trains nothing', async () => {
    interruptAt = 3;
    const { code } = await swing('train', 'told', '--tune', '5', '--space', 'quality.json', '--name', 'a');
    expect(code).toBe(130);
    expect((await runs('tune-told')).map(({ status, reason }) => [status, reason])).toEqual([['finished', undefined], ['finished', undefined], ['failed', expect.stringContaining('SIGINT')]]);
    expect([existsSync(folder('models')), await runs('train')]).toEqual([false, []]);
  });

  it('passes over parameters that do not go together, but not over those that never do', async () => {
    await space('some.json', { quality: { choice: [13, 40] } });
    const { code, stdout } = await swing('train', 'told', '--tune', '6', '--space', 'some.json', '--seed', '3', '--json');
    const { trials, card } = JSON.parse(stdout);
    expect([code, new Set(trials.map(({ state }: any) => state))]).toEqual([0, new Set(['finished', 'failed'])]);
    expect([card.params.quality, (await runs('tune-told')).map(({ status, evaluations }) => [status, evaluations])]).toEqual([40, [['finished', trials.filter(({ state }: any) => state === 'finished').length]]]);
    expect(card.notes.at(-1)).toContain(`${trials.filter(({ state }: any) => state === 'failed').length} failed`);
    await space('none.json', { quality: { choice: [13] } });
    expect(await swing('train', 'told', '--tune', '2', '--space', 'none.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected another quality than 13') });
  });

  it('searches a network epoch by epoch, keeps checkpoints of the best only, and keeps nothing of a try', async () => {
    const { code, stderr } = await swing('train', 'line', '--tune', '2', '--space', 'rate.yaml', '--name', 'net');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/trial 2 of 2 [\s\S]*epoch 1: loss /) });
    expect((await runs('tune-line')).map(({ metrics, status }) => [status, metrics['steps'], metrics['step/validation rank IC']])).toEqual([['finished', 2, 0.02], ['finished', 2, 0.02]]);
    expect(await runs('train')).toMatchObject([{ status: 'finished', tags: { model: 'net' } }]);
    expect(existsSync(folder('runs', 'training', 'net', 'last.safetensors'))).toBe(true);
    await rm(folder('runs'), { recursive: true, force: true });
    await rm(folder('models'), { recursive: true, force: true });
    const tried = await swing('train', 'line', '--tune', '2', '--space', 'rate.yaml', '--fast-dev-run');
    expect({ code: tried.code, stdout: tried.stdout }).toEqual({ code: 0, stdout: expect.stringContaining('model: not kept, as it was only tried') });
    expect([existsSync(folder('models')), existsSync(folder('runs', 'training')), await runs('tune-line')]).toEqual([false, false, []]);
  });

  it('remembers the search where the training of the best is interrupted and gone on with', async () => {
    interruptAt = 3;
    const cut = await swing('train', 'line', '--tune', '2', '--space', 'rate.yaml', '--name', 'net');
    const [, command] = /resume with: swing (train line --name net --param rate=\S+ --resume)$/m.exec(cut.stderr)!;
    expect([cut.code, (await runs('tune-line')).map(({ status }) => status)]).toEqual([130, ['finished', 'finished']]);
    expect((await swing(...command.split(' '))).code).toBe(0);
    const { card } = JSON.parse((await swing('train', 'show', 'net', '--json')).stdout);
    expect([card.choseOnValidation, card.notes.at(-1)]).toEqual([true, expect.stringContaining('the best of 2 trials')]);
    await swing('train', 'line', '--name', 'net', '--param', 'rate=0.01');
    const again = JSON.parse((await swing('train', 'show', 'net', '--json')).stdout);
    expect([again.card.choseOnValidation, JSON.stringify(again.card.notes)]).toEqual([false, expect.not.stringContaining('trials')]);
  });

  it('searches LightGBM round by round where it watches, and says why no trial has a value', async () => {
    const given = ['rounds=8', 'baggingFraction=1', 'earlyStopping={"atLeast":1,"patience":8}'].flatMap((one) => ['--param', one]);
    const { code, stdout } = await swing('train', 'lightgbm', '--tune', '2', ...given, '--param', 'minLeaf=20', '--json');
    expect([code, JSON.parse(stdout).trials.map(({ state, reports, params }: any) => [state, reports.length, Object.keys(params)])]).toEqual([0, Array.from({ length: 2 }, () => ['finished', 8, ['learningRate', 'leaves', 'featureFraction', 'lambda']])]);
    expect((await runs('tune-lightgbm')).map(({ metrics }) => metrics['steps'])).toEqual([8, 8]);
    const none = await swing('train', 'lightgbm', '--tune', '1', ...given, '--param', 'minLeaf=100000');
    expect(none.stderr).toContain('found none among 1: none ranks the names of a validation session');
  });

  it('goes on after a rate at which nothing converges', async () => {
    await space('wild.json', { rate: { choice: [1e30, 0.01] } });
    const { code, stdout } = await swing('train', 'line', '--tune', '5', '--space', 'wild.json', '--seed', '3', '--json');
    const { trials, card } = JSON.parse(stdout);
    expect([code, card.params.rate, new Set(trials.map(({ state, params }: any) => `${state} ${params.rate}`))]).toEqual([0, 0.01, new Set(['failed 1e+30', 'finished 0.01'])]);
    await space('wild.json', { rate: { choice: [1e30] } });
    expect(await swing('train', 'line', '--tune', '2', '--space', 'wild.json')).toMatchObject({ code: expect.any(Number), stderr: expect.stringMatching(/found none among 2; the first that failed: expected a finite loss/) });
  });

  it.each([
    [['--space', 'rate.yaml'], 'expected --space with --tune'],
    [['--pruner', 'asha'], 'expected --pruner with --tune'],
    [['--tune', '2', '--pruner', 'best'], 'Allowed choices are median, asha, none'],
    [['--sampler', 'tpe'], 'expected --sampler with --tune'],
    [['--tune', '2', '--resume'], 'only one of --tune, --resume'],
    [['--tune', '0'], 'expected a whole number of at least 1'],
    [['--tune', '2'], '"line" has none of its own'],
    [['--tune', '2', '--space', 'gone.json'], 'expected a file with a search space'],
    [['--tune', '2', '--space', 'bad.yaml'], 'at bad.yaml:2:1'],
    [['--tune', '2', '--space', 'rate.yaml', '--param', 'rate=0.1'], 'found both for "rate"'],
  ])('refuses %j', async (argv, words) => {
    await writeFile(folder('bad.yaml'), 'rate: { log: [1, 2\n');
    expect(await swing('train', 'line', ...argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });

  it('searches the foundation model on a made-up market', { timeout: 60_000 }, async () => {
    await writeFile(folder('small.yaml'), 'rate: { log: [0.001, 0.01] }\nwidth: { choice: [4, 8] }\n');
    const small = ['data.synthetic.symbols=24', 'data.synthetic.start=2014-06-02', 'data.synthetic.end=2016-06-30', 'data.synthetic.underlyings=0', 'training.train=100'].flatMap((one) => ['--set', one]);
    const { code, stdout, stderr } = await swing('train', 'foundation', '--use-synthetic', '--tune', '2', '--space', 'small.yaml', '--max-epochs', '1', '--name', 'net', '--param', 'past=5', '--param', 'heads=2', '--param', 'stride=10', ...small);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^SYNTHETIC trial 1 of 2: rate [\d.]+, width [48]$/m) });
    expect(stdout.split('\n').filter((text) => text !== '').every((text) => text.startsWith('SYNTHETIC'))).toBe(true);
    const all = JSON.parse((await swing('runs', 'list', '--json', '--set', 'paths.runs=synthetic/runs')).stdout);
    expect(all.map(({ experiment, status }: any) => `${experiment} ${status}`).sort()).toEqual(['train-synthetic finished', 'tune-foundation-synthetic finished', 'tune-foundation-synthetic finished']);
    const { card } = JSON.parse((await swing('train', 'show', 'net', '--use-synthetic', '--json', ...small)).stdout);
    const best = all.filter(({ experiment }: any) => experiment.startsWith('tune')).reduce((a: any, b: any) => (b.metrics['validation rank IC'] > a.metrics['validation rank IC'] ? b : a));
    expect([card.params.rate, card.params.width, card.validation.rankIc]).toEqual([best.params['model.rate'], best.params['model.width'], best.metrics['validation rank IC']]);
    expect(card.notes.at(-1)).toContain('the best of 2 trials');
  });
});
