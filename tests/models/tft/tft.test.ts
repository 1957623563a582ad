import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { tftConfigSchema, type TftConfig } from '../../../src/models/tft/config.js';
import { applyTft, initTft, type Tft, type TftBatch } from '../../../src/models/tft/tft.js';
import { withoutKernels } from '../../../src/tensor/active-heap.js';
import { openBackend } from '../../../src/tensor/backend.js';
import { quantileLoss } from '../../../src/tensor/losses/quantile-loss.js';
import { Adam } from '../../../src/tensor/optim/adam.js';
import { disposeTree, valueAndGradients, variables } from '../../../src/tensor/parameters.js';
import { tf, type Tensor2D } from '../../../src/tensor/tensorflow.js';
import { trainStep } from '../../../src/tensor/train-step.js';
import { difference, normalTensor } from '../../tensor/gradients.js';

const shapes = fc.record({ statics: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), observed: fc.integer({ min: 1, max: 3 }), known: fc.integer({ min: 1, max: 2 }), past: fc.integer({ min: 1, max: 5 }), future: fc.integer({ min: 0, max: 3 }), width: fc.constantFrom(4, 6, 10), horizons: fc.integer({ min: 1, max: 2 }) });
const configOf = (sizes: object): TftConfig => tftConfigSchema.parse({ heads: 2, ...sizes });

function batchOf(config: TftConfig, count: number, seed: number): TftBatch {
  const rng = createRng(seed);
  const rows = (variables: number, steps: number, name: string): Tensor2D => normalTensor(rng.fork(name), [variables, count * steps]) as Tensor2D;
  return { statics: config.statics.map((categories, i) => tf.tensor1d(Int32Array.from({ length: count }, () => rng.fork(`s${i}`).integer(0, categories - 1)), 'int32')), past: rows(config.observed + config.known, config.past, 'past'), future: config.future > 0 ? rows(config.known, config.future, 'future') : null };
}

const values = (config: TftConfig, params: Tft, batch: TftBatch, dropSeed: number | null = null): Float32Array => applyTft(config, params, batch, { dropSeed }).quantiles.dataSync() as Float32Array;

beforeAll(async () => {
  await openBackend('wasm');
});

describe('the temporal fusion transformer', () => {
  it('has the shapes it says, weights that sum to one, and is the same with and without own kernels, gradients too', () => {
    fc.assert(fc.property(shapes, fc.integer({ min: 1, max: 3 }), fc.integer(), fc.constantFrom(null, 0.3), (sizes, count, seed, dropout) => tf.tidy(() => {
      const config = configOf({ ...sizes, dropout: dropout ?? 0 });
      const params = initTft(config, createRng(seed));
      const batch = batchOf(config, count, seed);
      const out = applyTft(config, params, batch);
      const steps = (config.future || 1) * config.horizons;
      expect(out.quantiles.shape).toEqual([count, config.future > 0 ? config.future * config.horizons : config.horizons, 3]);
      expect(out.attention.shape).toEqual([count, config.future || 1, config.past + config.future]);
      for (const weights of [out.attention, out.pastWeights, ...(out.futureWeights ? [out.futureWeights] : [])]) for (const sum of tf.sum(weights, -1).dataSync()) expect(sum).toBeCloseTo(1, 5);
      const target = normalTensor(createRng(seed), [count, steps]);
      const evaluated = (): Float32Array[] => {
        const { value, gradients } = valueAndGradients(() => quantileLoss(applyTft(config, params, batch, { dropSeed: dropout === null ? null : seed }).quantiles, target, config.quantiles), params);
        return [value, ...gradients.values()].map((tensor) => tensor.dataSync() as Float32Array);
      };
      const [own, plain] = [evaluated(), withoutKernels(evaluated)];
      const largest = Math.max(...plain.map((one) => one.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
      for (const [i, one] of own.entries()) expect(difference(one, plain[i], 0.05 * largest)).toBeLessThan(5e-4);
    })), { numRuns: 30 });
  });

  it('sees nothing of a step in what it says of the steps before', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 4 }), fc.integer(), (future, seed) => tf.tidy(() => {
      const config = configOf({ statics: [2], observed: 2, known: 2, past: 4, future, width: 6 });
      const params = initTft(config, createRng(seed));
      const batch = batchOf(config, 1, seed);
      const before = values(config, params, batch);
      const changed = (batch.future as Tensor2D).bufferSync();
      for (let v = 0; v < 2; v++) changed.set(9, v, future - 1);
      const after = values(config, params, { ...batch, future: changed.toTensor() });
      expect([...after.slice(0, 3 * (future - 1))]).toEqual([...before.slice(0, 3 * (future - 1))]);
      expect([...after.slice(3 * (future - 1))]).not.toEqual([...before.slice(3 * (future - 1))]);
    })), { numRuns: 10 });
  });

  it('takes each sample by itself, and drops by seed only', () => tf.tidy(() => {
    const config = configOf({ statics: [3], observed: 3, known: 0, past: 6, future: 0, width: 8, horizons: 2, dropout: 0.4 });
    const params = initTft(config, createRng(3));
    const [one, batch] = [1, 4].map((count) => batchOf(config, count, 5));
    const all = tf.tensor3d(batch.past.dataSync(), [3, 4, 6]);
    const ids = batch.statics[0].dataSync();
    const whole = values(config, params, batch);
    for (let i = 0; i < 4; i++) {
      const part = values(config, params, { ...one, statics: [tf.tensor1d([ids[i]], 'int32')], past: tf.reshape(tf.slice(all, [0, i, 0], [3, 1, 6]), [3, 6]) });
      expect(difference(part, whole.slice(i * 6, i * 6 + 6))).toBeLessThan(1e-5);
    }
    expect(values(config, params, batch, 1)).toEqual(values(config, params, batch, 1));
    expect(values(config, params, batch, 1)).not.toEqual(values(config, params, batch, 2));
    expect(values(config, params, batch)).toEqual(whole);
  }));

  it('learns what can be learnt: quantiles of a noise whose spread one input says', { timeout: 60_000 }, async () => {
    const config = configOf({ statics: [1], observed: 2, known: 0, past: 3, future: 0, width: 8 });
    const params = variables(initTft(config, createRng(1)));
    const optimizer = new Adam(params);
    const rng = createRng(2);
    for (let step = 0; step < 400; step++) {
      const past = normalTensor(rng, [2, 128 * 3]) as Tensor2D;
      const spread = past.dataSync();
      const target = tf.tensor2d(Float32Array.from({ length: 128 }, (_, i) => (spread[i * 3 + 2] > 0 ? 1 : 0.1) * rng.normal()), [128, 1]);
      const batch: TftBatch = { statics: [tf.zeros([128], 'int32')], past, future: null };
      await trainStep({ parameters: params, optimizer, rate: 5e-3, loss: () => quantileLoss(applyTft(config, params, batch).quantiles, target, config.quantiles) });
      tf.dispose([past, target, ...batch.statics]);
    }
    const width = (last: number): number => tf.tidy(() => {
      const [low, , high] = values(config, params, { statics: [tf.zeros([1], 'int32')], past: tf.tensor2d([[0, 0, last], [0, 0, 0]]), future: null });
      return high - low;
    });
    // 2.563 deviations from the tenth to the ninetieth percentile
    expect(width(1) / 2.563).toBeGreaterThan(0.8);
    expect(width(1) / 2.563).toBeLessThan(1.2);
    expect(width(-1) / 2.563).toBeLessThan(0.2);
    optimizer.dispose();
    disposeTree(params);
  });
});
