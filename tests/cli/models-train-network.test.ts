import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { register } from '../../src/cli/commands/train.js';
import { runFolder } from '../../src/tracking/local-tracker.js';
import { lightgbm } from '../../src/models/ranker/lightgbm.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { FakeMlflow } from '../tracking/fake-mlflow/server.js';
import { lineNetwork } from './line-network.js';
import { swing as runSwing, type Ended } from './run.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let network = lineNetwork();
const REGISTRY = { line: () => network, ridge, lightgbm };
const COMMANDS = [async () => ({ register: (...[program, context]: Parameters<typeof register>) => register(program, context, REGISTRY) }), () => import('../../src/cli/commands/runs.js')];
let env: NodeJS.ProcessEnv = {};
const swing = (...argv: string[]): Promise<Ended> => runSwing(argv, { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS, env });
const train = (...argv: string[]): Promise<Ended> => swing('train', 'line', '--name', 'a', ...argv);
const folder = (...parts: string[]): string => join(place.folder, ...parts);

interface Logged {
  readonly step: number | null;
  readonly values: Readonly<Record<string, number | null>>;
}

async function runs(): Promise<any[]> {
  return JSON.parse((await swing('runs', 'list', '--json')).stdout);
}

async function loggedOf(run: { id: string }, evaluation = 1): Promise<Logged[]> {
  const text = await readFile(runFolder(folder('runs', 'tracking'), 'train', run.id).metrics(evaluation), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line) as Logged);
}

/** Interrupts this process once the training has done so many steps. */
function interruptAfter(events: number): void {
  const own = lineNetwork({ epochs: 3 });
  network = {
    ...own,
    async *fit(data, context) {
      let told = 0;
      const stream = own.fit(data, context);
      for (let step = await stream.next(); ; step = await stream.next()) {
        if (step.done) return step.value;
        yield step.value;
        if (++told === events) process.emit('SIGINT', 'SIGINT');
      }
    },
  };
}

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(folder('bars'));
  await writeFile(folder('config.yaml'), 'data: { source: files, folder: bars, history: 300 }\ntraining: { features: [momentum, volatility], residual: market, train: 120, test: 60 }\nforecast: { window: 60, minSessions: 20 }\n');
});
afterAll(() => place.remove());
beforeEach(async () => {
  network = lineNetwork();
  env = {};
  for (const name of ['runs', 'models', 'synthetic']) await rm(folder(name), { recursive: true, force: true });
});

describe('swing train of a network', { timeout: 60_000 }, () => {
  it('tells each epoch, logs its figures as it ends, keeps checkpoints and the model', async () => {
    const { code, stdout, stderr } = await train();
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^epoch 0: loss .*validation loss .*rank IC 0.02/m) });
    expect(stderr.match(/^epoch \d/gm)).toEqual(['epoch 0', 'epoch 1', 'epoch 2']);
    expect(stderr).toContain('stopped: 3 epochs are done');
    expect(stdout).toContain(`model: ${folder('models', 'a')}`);
    expect((await readdir(folder('runs', 'training', 'a'))).sort()).toEqual(expect.arrayContaining(['history.json', 'last.safetensors', 'training.json']));
    const history = JSON.parse(await readFile(folder('runs', 'training', 'a', 'history.json'), 'utf8'));
    const all = await runs();
    expect(all).toMatchObject([{ experiment: 'train', name: 'line', status: 'finished', evaluations: 1, tags: { model: 'a' }, params: { forecaster: 'line', 'model.epochs': 3, horizon: 5, end: '2018-02-07' } }]);
    const logged = await loggedOf(all[0]);
    expect(logged.map(({ step }) => step)).toEqual([0, 1, 2, null]);
    expect(logged.slice(0, 3).map(({ values }) => [values['epoch/loss'], values['epoch/validation loss'], values['epoch/validation rankIc']])).toEqual(history.map(({ train: loss, validation }: any) => [loss, validation.loss, validation.rankIc]));
    expect(logged[0].values).toMatchObject({ 'epoch/rate': 0.05, 'epoch/gradient norm': expect.any(Number), 'epoch/steps': history[0].step });
    expect(Object.keys(logged[3].values)).toContain('validation rank IC');
    expect(existsSync(runFolder(folder('runs', 'tracking'), 'train', all[0].id).artifacts)).toBe(true);
  });

  it('is left by Ctrl-C with its run failed and a command that goes on to the very same model', async () => {
    interruptAfter(60); // of three epochs of 40 steps, with a checkpoint at the end of the first and at 50
    const cut = await train('--param', 'a=b c', '--seed', '7');
    expect(cut.code).toBe(130);
    expect(cut.stderr).toContain(`hint: kept up to step 50; resume with: swing train line --name a --param 'a=b c' --seed 7 --resume`);
    expect(existsSync(folder('models', 'a'))).toBe(false);
    const [failed] = await runs();
    expect(failed).toMatchObject({ status: 'failed', reason: expect.stringContaining('SIGINT') });
    expect((await loggedOf(failed)).map(({ step }) => step)).toEqual([0]);
    network = lineNetwork();
    const rest = await train('--resume');
    expect(rest).toMatchObject({ code: 0, stderr: expect.stringContaining('goes on in epoch 1 after step 50') });
    expect(await runs()).toMatchObject([{ id: failed.id, status: 'finished', evaluations: 2 }]);
    expect((await loggedOf(failed, 2)).map(({ step }) => step)).toEqual([1, 2, null]);
    await train('--name', 'whole');
    expect(await readFile(folder('models', 'a', 'line.json'), 'utf8')).toBe(await readFile(folder('models', 'whole', 'line.json'), 'utf8'));
  });

  it('says that there is no checkpoint yet, and one of another training is none', async () => {
    expect(await train('--resume')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a checkpoint to go on from') });
    interruptAfter(5);
    expect((await train()).stderr).toContain('no checkpoint was written yet');
    network = lineNetwork();
    await train('--max-steps', '7');
    expect(await train('--resume', '--seed', '8')).toMatchObject({ code: 2, stderr: expect.stringContaining('found another seed;') });
    expect(await train('--resume', '--start-date', '2017-01-03')).toMatchObject({ code: 2, stderr: expect.stringContaining('found another start;') });
    const again = await train('--max-steps', '7');
    expect(again.stderr).toContain(`lie in ${folder('runs', 'training', '.before', 'a')} now`);
    expect(existsSync(folder('runs', 'training', '.before', 'a', 'last.safetensors'))).toBe(true);
  });

  it('ends at the limits it is given, and each limit is another trial', async () => {
    expect((await train('--max-epochs', '1')).stderr).toContain('stopped: 1 epochs are done');
    expect((await train('--max-steps', '12')).stderr).toMatch(/stopped: 12 steps are done[\s\S]*to learn on from where the limit ended it: swing train line --name a --resume/);
    network = lineNetwork({ epochs: 100_000 });
    expect((await train('--max-time', '1s')).stderr).toContain('stopped: 1 s are over');
    expect((await runs()).map(({ params }) => [params['within.maxEpochs'], params['within.maxSteps'], params['within.maxSeconds']])).toEqual([[1, undefined, undefined], [undefined, 12, undefined], [undefined, undefined, 1]]);
  });

  it('keeps nothing of what is only tried', async () => {
    const { code, stdout, stderr } = await train('--fast-dev-run');
    expect(code).toBe(0);
    expect(stderr).toContain('one batch was tried');
    expect(stdout).toContain('not kept');
    expect((await train('--overfit-batches', '1', '--max-epochs', '20')).stderr).toContain('epoch 19: ');
    expect([existsSync(folder('models')), existsSync(folder('runs', 'training')), await runs()]).toEqual([false, false, []]);
    expect(await train('--fast-dev-run', '--resume')).toMatchObject({ code: 2, stderr: expect.stringContaining('only one of --fast-dev-run, --resume') });
  });

  it('ends a training that diverges as failed, with the reason', async () => {
    network = lineNetwork({ rate: 1e30 });
    const { code, stderr } = await train();
    expect(code).not.toBe(0);
    expect(stderr).toContain('expected a finite loss');
    expect(await runs()).toMatchObject([{ status: 'failed', reason: expect.stringContaining('expected a finite loss') }]);
    await rm(folder('runs'), { recursive: true, force: true });
    expect((await train('--start-date', '2018-02-01')).code).toBe(2);
    expect(await runs()).toEqual([]); // learning never began
  });

  it.each([['--max-time', '90s'], ['--max-epochs', '2'], ['--max-steps', '2'], ['--fast-dev-run'], ['--overfit-batches', '2'], ['--resume']])('refuses %s for what is no network', async (...option) => {
    expect(await swing('train', 'ridge', ...option)).toMatchObject({ code: 2, stderr: expect.stringContaining(`expected ${option[0]} only for a network`) });
  });

  it.each(['90', '0s', '-5m', '1h x', 'soon'])('refuses the duration "%s"', async (text) => {
    expect(await train('--max-time', text)).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a duration') });
  });

  it('learns from the made-up market apart from all else, and marks every line', async () => {
    const small = ['--set', 'data.synthetic.symbols=20', '--set', 'data.synthetic.start=2016-01-04', '--set', 'data.synthetic.underlyings=0'];
    const { code, stdout, stderr } = await train('--use-synthetic', '--max-epochs', '1', ...small);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const said = stdout.split('\n').filter((line) => line !== '');
    expect(said.every((line) => line.startsWith('SYNTHETIC'))).toBe(true);
    expect(stderr).toMatch(/^SYNTHETIC epoch 0: /m);
    expect(await readdir(folder('synthetic', 'models'))).toEqual(['a']);
    expect([existsSync(folder('models')), await runs()]).toEqual([false, []]);
    expect(await swing('train', 'list', '--use-synthetic')).toMatchObject({ code: 0, stderr: '' });
    expect((await swing('train', 'list', '--use-synthetic')).stdout).toMatch(/^SYNTHETIC models[\s\S]*\na +line +here/);
    expect((await swing('train', 'list')).stdout).not.toMatch(/^a +line/m);
    expect(JSON.parse((await swing('train', 'show', 'a', '--use-synthetic', '--json')).stdout)).toMatchObject({ synthetic: true, name: 'a' });
  });

  it('tells an MLflow server of every epoch while it learns, of the end, and of an end that failed', async () => {
    const fake = await FakeMlflow.start();
    env = { MLFLOW_TRACKING_URI: fake.url };
    const seen: { epoch: number; sent: number }[] = [];
    const own = lineNetwork({ epochs: 3 });
    network = {
      ...own,
      async *fit(data, context) {
        const stream = own.fit(data, context);
        for (let step = await stream.next(); ; step = await stream.next()) {
          if (step.done) return step.value;
          yield step.value;
          if (step.value.kind !== 'training' || step.value.event.kind !== 'epoch') continue;
          const { epoch } = step.value.event;
          const until = performance.now() + 15_000;
          const sent = (): number => fake.state()['runs'].find(({ experiment }: any) => experiment === 'swinglab/train')?.points?.filter(([key]: any) => key === 'epoch/loss').length ?? 0;
          while (sent() <= epoch && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
          seen.push({ epoch, sent: sent() });
        }
      },
    };
    expect((await train()).code).toBe(0);
    expect(seen).toEqual([{ epoch: 0, sent: 1 }, { epoch: 1, sent: 2 }, { epoch: 2, sent: 3 }]);
    const { runs: [run], models, registered } = fake.state();
    expect(run).toMatchObject({ status: 'FINISHED', name: 'line', models: ['a'] });
    expect(models).toMatchObject([{ name: 'a', run: run.tags['swinglab.run'] }]);
    network = lineNetwork({ rate: 1e30 });
    await swing('train', 'line', '--name', 'b', '--seed', '8');
    expect(fake.state()['runs'].map(({ status }: any) => status).sort()).toEqual(['FAILED', 'FINISHED']);
    expect(registered).toMatchObject([{ name: 'swinglab-line', aliases: {} }]);
    await fake.stop();
  });
});
