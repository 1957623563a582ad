import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConfigError, DataError } from '../../../src/core/errors.js';
import { collect } from '../../../src/core/events.js';
import { tripleBarrierLabels } from '../../../src/dataset/labels/triple-barrier.js';
import type { FitEvent, ModelFiles, TrainingLimits } from '../../../src/models/forecaster.js';
import type { FoundationOptions } from '../../../src/models/foundation/config.js';
import type { FittedFoundation } from '../../../src/models/foundation/fitted-foundation.js';
import { foundation } from '../../../src/models/foundation/forecaster.js';
import { tf } from '../../../src/tensor/tensorflow.js';
import { CONTEXT, fitted, LABELS, sessionWorld, SMALL, TEST, samplesBetween, trainingData, worldOf } from './session-world.js';

const world = sessionWorld();
const data = trainingData(world);

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'foundation-test-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Files of the model, less what is told of how it was made. */
async function filesOf(model: FittedFoundation): Promise<ModelFiles> {
  const files = await model.save();
  model.dispose();
  return files;
}

const events = (training: TrainingLimits, options: FoundationOptions = {}): Promise<{ events: FitEvent[]; result: FittedFoundation }> =>
  collect(foundation({ ...SMALL, ...options }).fit(data, { ...CONTEXT, training })) as Promise<{ events: FitEvent[]; result: FittedFoundation }>;
const stepsOf = (told: readonly FitEvent[]): number => told.filter((event) => event.kind === 'training' && event.event.kind === 'step').length;
const reasonOf = (told: readonly FitEvent[]): string[] => told.flatMap((event) => (event.kind === 'training' && event.event.kind === 'stopped' ? [event.event.reason] : []));

describe('learning', () => {
  it('gives the same weights for the same seed bit for bit, others for another, and others again for each member', { timeout: 60_000 }, async () => {
    const [one, again, other] = [await filesOf(await fitted({ members: 2, epochs: 1 }, data)), await filesOf(await fitted({ members: 2, epochs: 1 }, data)), await filesOf(await fitted({ epochs: 1 }, data, { seed: 4 }))];
    expect(again).toEqual(one);
    expect(Object.keys(one)).toEqual(['foundation.json', 'foundation-0.safetensors', 'foundation-1.safetensors']);
    expect(other['foundation-0.safetensors']).not.toEqual(one['foundation-0.safetensors']);
    expect(one['foundation-1.safetensors']).not.toEqual(one['foundation-0.safetensors']);
  });

  it('goes on after it was killed as if nothing had been: to the same files, bit for bit', { timeout: 60_000 }, async () => {
    const options: FoundationOptions = { members: 2, patience: null };
    const undisturbed = await filesOf(await fitted(options, data));
    const reason = new Error('killed');
    // within the first epoch of seven sessions, and within one of the second member, each time behind the last checkpoint
    for (const [at, name] of [[4, 'early'], [19, 'late']] as const) {
      const place = join(folder, name);
      const controller = new AbortController();
      const stream = foundation({ ...SMALL, ...options }).fit(data, { ...CONTEXT, signal: controller.signal, training: { checkpoints: { folder: place, every: 3 } } });
      const dies = async (): Promise<void> => {
        let seen = 0;
        for await (const event of stream) if (event.kind === 'training' && event.event.kind === 'step' && ++seen === at) controller.abort(reason);
      };
      await expect(dies()).rejects.toThrow('killed');
      const { events: told, result: resumed } = await events({ checkpoints: { folder: place, every: 3, resume: true } }, options);
      expect(stepsOf(told)).toBe(28 - (name === 'early' ? 3 : 17)); // seven sessions, two epochs, two members
      expect(await filesOf(resumed), name).toEqual(undisturbed);
    }
  });

  it('writes its checkpoints where it is told, and none elsewhere', async () => {
    const place = join(folder, 'kept');
    (await events({ checkpoints: { folder: place, every: 1000 } })).result.dispose();
    const again = join(folder, 'copied');
    await cp(place, again, { recursive: true });
    const { events: told, result: model } = await events({ checkpoints: { folder: again, resume: true } });
    expect(stepsOf(told)).toBe(0); // it was done
    expect(await filesOf(model)).toEqual(await filesOf(await fitted({}, data)));
  });

  it('frees all that it made when the model is disposed of', async () => {
    const quick: FoundationOptions = { epochs: 1 };
    (await fitted(quick, data)).dispose();
    const before = tf.memory().numTensors;
    (await fitted(quick, data)).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('ends where a user says so', { timeout: 60_000 }, async () => {
    const ended = async (training: TrainingLimits): Promise<readonly [number, string[]]> => {
      const { events: told, result: model } = await events(training);
      const scores = await model.predict(samplesBetween(world, TEST, false));
      expect(scores.some(Number.isFinite)).toBe(true);
      model.dispose();
      return [stepsOf(told), reasonOf(told)];
    };
    expect(await ended({ maxSteps: 4 })).toEqual([4, ['4 steps are done']]);
    const [steps, reasons] = await ended({ maxSeconds: 0.001 });
    expect(steps).toBeLessThan(7);
    expect(reasons).toEqual(['0.001 s are over']);
    expect(await ended({ maxEpochs: 1 })).toEqual([7, ['1 epochs are done']]);
    expect(await ended({ fastDevRun: true })).toEqual([1, ['one batch was tried']]);
    expect(await ended({ overfitBatches: 2 })).toEqual([4, ['2 epochs are done']]);
  });

  it('can learn a session by heart', { timeout: 60_000 }, async () => {
    const { events: told, result: model } = await events({ overfitBatches: 1 }, { epochs: 40, dropout: 0, rate: 0.05, width: 8, patience: null });
    const losses = told.flatMap((event) => (event.kind === 'training' && event.event.kind === 'epoch' ? [event.event.validation] : []));
    expect(losses.at(-1)!['rank IC']).toBeGreaterThan(0.5);
    expect(losses.at(-1)!['loss']!).toBeLessThan(losses[0]['loss']! - 0.3);
    model.dispose();
  });

  it('tells what was learnt', async () => {
    const { result: model } = await events({});
    const { facts } = model;
    expect(facts).toMatchObject({ horizons: [3, 5], members: [{ epochs: 2, steps: 14, history: [{ train: expect.any(Number), loss: expect.any(Number), pinball: expect.any(Number), 'rank IC': expect.any(Number) }, {}] }] });
    expect(facts['parameters']).toBeGreaterThan(100);
    model.dispose();
  });
});

describe('what cannot be learnt', () => {
  it.each([
    ['ranks', worldOf(world.market, { ...LABELS, rank: true }), 'rank: true'],
    ['barriers', { ...world, labels: tripleBarrierLabels(world.market, { horizon: 5, up: 1, down: 1 }) }, 'barriers'],
  ] as const)('is labels that are %s', async (_, other, hint) => {
    await expect(fitted({}, trainingData(other))).rejects.toThrow(DataError);
    await expect(fitted({}, trainingData(other))).rejects.toMatchObject({ code: 'WRONG_LABELS', message: expect.stringContaining(hint) });
  });

  it('is labels that reach further than is foretold', async () => {
    await expect(fitted({}, trainingData(worldOf(world.market, { horizon: 64 })))).rejects.toMatchObject({ code: 'WRONG_LABELS', message: expect.stringContaining('at most 63 sessions') });
  });

  it('is nothing at all', async () => {
    const unlabelled = { ...data, train: samplesBetween(world, [40, 60], false) };
    await expect(fitted({}, unlabelled)).rejects.toMatchObject({ code: 'NO_LABELS' });
    await expect(fitted({}, { ...data, train: samplesBetween(world, [40, 40]) })).rejects.toMatchObject({ code: 'NO_LABELS' });
  });

  it('is by options that there are not', () => {
    expect(() => foundation({ widht: 8 } as never)).toThrow(ConfigError);
    expect(() => foundation({ widht: 8 } as never)).toThrow('did you mean "width"?');
    expect(() => foundation({ width: 6, heads: 4 })).toThrow('expected a width that is a multiple of the heads');
    expect(() => foundation({ quantiles: [0.1, 0.4, 0.9] })).toThrow('the median 0.5 in the middle');
    expect(() => foundation({ graph: { windw: 3 } } as never)).toThrow('graph');
  });
});

describe('a model without validation', () => {
  it('is the one of the last step', async () => {
    const model = await fitted({ epochs: 1 }, { ...data, validation: samplesBetween(world, [106, 106]) });
    expect(model.facts).toMatchObject({ members: [{ epochs: 1, steps: 7, history: [{ train: expect.any(Number) }] }] });
    expect((await model.predict(samplesBetween(world, TEST, false))).some(Number.isFinite)).toBe(true);
    model.dispose();
  });
});
