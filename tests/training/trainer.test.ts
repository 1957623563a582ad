import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { collect, result } from '../../src/core/events.js';
import { openBackend } from '../../src/tensor/backend.js';
import { disposeTree, flatten } from '../../src/tensor/parameters.js';
import { tf } from '../../src/tensor/tensorflow.js';
import { cosine } from '../../src/tensor/optim/schedules.js';
import type { TrainerSettings, TrainEvent, TrainResult } from '../../src/training/task.js';
import { train } from '../../src/training/trainer.js';
import { temporaryFolder } from '../pipeline/small-market.js';
import { noisyLine } from './noisy-line.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let folders = 0;
const newFolder = (): string => join(place.folder, `run ${folders++}`);
beforeAll(async () => {
  place = await temporaryFolder();
  await openBackend('wasm');
});
afterAll(() => place.remove());

const SETTINGS: TrainerSettings = { rate: 0.05, maxEpochs: 4, seed: 5 };

interface Trained {
  readonly events: readonly TrainEvent[];
  readonly result: TrainResult;
  readonly weights: readonly number[];
}

async function trained(settings: Partial<TrainerSettings> = {}, line: Parameters<typeof noisyLine>[0] = {}): Promise<Trained> {
  const { task, data, params } = noisyLine(line);
  const found = await collect(train(task, data, { ...SETTINGS, ...settings }));
  const weights = [...flatten(params).values()].flatMap((tensor) => [...tensor.dataSync()]);
  found.result.optimizer.dispose();
  disposeTree(params);
  return { ...found, weights };
}

describe('a training', () => {
  it('learns, tells every step and epoch, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const { events, result: end, weights } = await trained({ maxEpochs: 40, rate: 0.2, schedule: cosine({ steps: 200 }) });
    expect(tf.memory().numTensors).toBe(before);
    for (const [i, wanted] of [1, -2, 0.5, 3].entries()) expect(Math.abs(weights[i] - wanted)).toBeLessThan(0.1);
    expect(end.history).toHaveLength(40);
    expect(end.steps).toBe(200);
    expect(end.reason).toBe('40 epochs are done');
    expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(200);
    expect(end.history[39].validation['loss']).toBeLessThan(0.05);
    const rates = events.flatMap((event) => (event.kind === 'step' ? [event.rate] : []));
    expect(rates[0]).toBe(0.2);
    expect(rates[199]).toBeLessThan(1e-4);
  });

  it('is the same twice, and another by another seed', async () => {
    const [one, two, other] = [await trained({}, { rate: 0.3 }), await trained({}, { rate: 0.3 }), await trained({ seed: 6 }, { rate: 0.3 })];
    expect(two.weights).toEqual(one.weights);
    expect(other.weights).not.toEqual(one.weights);
  });

  it('weights batches by their sizes: a loss of the epoch is the mean over its samples', async () => {
    const { events, result: end } = await trained({ maxEpochs: 1 });
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    const sizes = [16, 16, 16, 16, 3];
    expect(end.history[0].train).toBeCloseTo(losses.reduce((sum, loss, i) => sum + loss * sizes[i], 0) / 67, 6);
  });

  it('goes on bit for bit wherever it was left, also within an epoch', async () => {
    const whole = await trained({}, { rate: 0.2 });
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 4 }), async (stops) => {
      const checkpoints = { folder: newFolder(), resume: true };
      for (const maxSteps of [...stops].sort((a, b) => a - b)) await trained({ maxSteps, checkpoints }, { rate: 0.2 });
      const rest = await trained({ checkpoints }, { rate: 0.2 });
      expect(rest.weights).toEqual(whole.weights);
      expect(rest.result.history).toEqual(whole.result.history);
    }), { numRuns: 8 });
  });

  it('goes on bit for bit after it was cut off between its checkpoints', async () => {
    const whole = await trained({}, { rate: 0.2 });
    for (const cut of [1, 4, 7, 12, 19]) {
      const { task, data, params } = noisyLine({ rate: 0.2 });
      const checkpoints = { folder: newFolder(), resume: true, every: 3 };
      for await (const event of train(task, data, { ...SETTINGS, checkpoints })) if (event.kind === 'step' && event.step === cut) break;
      disposeTree(params);
      expect((await trained({ checkpoints }, { rate: 0.2 })).weights).toEqual(whole.weights);
    }
  });

  it('takes several batches to a step as one large one', async () => {
    const { events, result: end } = await trained({ accumulate: 3, maxEpochs: 2 });
    expect(end.steps).toBe(4); // three batches and two, twice
    expect(events.flatMap((event) => (event.kind === 'step' ? [event.batch] : []))).toEqual([3, 5, 3, 5]);
  });

  it('stops when what is watched no longer falls, and keeps the best epochs', async () => {
    const folder = newFolder();
    const { events, result: end } = await trained({ maxEpochs: 60, patience: 3, minDelta: 0.5, rate: 0.2, checkpoints: { folder, top: 2, metadata: { features: 'a,b' } } });
    expect(end.reason).toMatch(/^"loss" has not improved for 3 epochs$/);
    expect(end.history.length).toBeLessThan(60);
    const files = (await readdir(folder)).sort();
    expect(files.filter((name) => name.startsWith('epoch-'))).toHaveLength(2);
    expect(files).toContain('last.safetensors');
    expect(existsSync(end.files!.best!)).toBe(true);
    expect(JSON.parse(await readFile(join(folder, 'history.json'), 'utf8'))).toEqual(end.history);
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(end.history.length);
  });

  it('tries one batch and writes nothing in a fast run', async () => {
    const folder = newFolder();
    const { result: end } = await trained({ fastDevRun: true, checkpoints: { folder } });
    expect({ steps: end.steps, reason: end.reason, files: end.files }).toEqual({ steps: 1, reason: 'one batch was tried', files: null });
    expect(existsSync(folder)).toBe(false);
  });

  it('learns a few batches by heart when told to', async () => {
    const { result: end } = await trained({ overfitBatches: 1, maxEpochs: 400, rate: 0.05 });
    expect(end.steps).toBe(400);
    expect(end.history[399].train).toBeLessThan(0.02);
    expect(end.history[399].validation['loss']).toBeLessThan(0.02);
  });

  it('stops at its time, and tells gradients when asked', async () => {
    let clock = 0;
    const { events, result: end } = await trained({ maxSeconds: 7, now: () => (clock += 1000), gradientsEvery: 2 });
    expect(end.reason).toBe('7 s are over');
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    expect(steps.map(({ gradients }) => gradients !== null)).toEqual(steps.map(({ step }) => step % 2 === 0));
    const told = steps.find(({ gradients }) => gradients !== null)!;
    expect(Math.hypot(...Object.values(told.gradients!))).toBeCloseTo(told.norm, 4);
  });

  it('says when it diverges, what is wrong with its settings and what it cannot watch', async () => {
    await expect(trained({ rate: 1e30, maxEpochs: 9 })).rejects.toMatchObject({ code: 'DIVERGED' });
    await expect(trained({ rate: 0 })).rejects.toThrow('expected a rate above 0 and whole numbers of at least 1, found rate 0');
    await expect(trained({ watch: 'ic' })).rejects.toThrow('expected "ic", which is watched, among the figures of an epoch, found loss');
  });

  it('ends when it is told to, with what it had written', async () => {
    const abort = new AbortController();
    const { task, data, params } = noisyLine();
    const stream = train(task, data, { ...SETTINGS, maxEpochs: 1000, signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 50);
    await expect(result(stream)).rejects.toThrow('enough');
    disposeTree(params);
  });
});
