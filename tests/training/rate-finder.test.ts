import { beforeAll, describe, expect, it } from 'vitest';

import { openBackend } from '../../src/tensor/backend.js';
import { disposeTree, flatten } from '../../src/tensor/parameters.js';
import { tf } from '../../src/tensor/tensorflow.js';
import { findRate } from '../../src/training/rate-finder.js';
import { noisyLine } from './noisy-line.js';

beforeAll(async () => {
  await openBackend('wasm');
});

describe('the search for a learning rate', () => {
  it('suggests one that learns, tells the losses, and leaves parameters and memory as they were', async () => {
    const before = tf.memory().numTensors;
    // large batches: the losses of small ones differ more by chance than by the rate
    const { task, data, params } = noisyLine({ size: 1000 });
    const weights = [...flatten(params).values()].flatMap((tensor) => [...tensor.dataSync()]);
    const { rates, losses, suggestion } = await findRate(task, data, { lowest: 1e-5, highest: 3, steps: 80, seed: 1 });
    expect(rates[0]).toBeCloseTo(1e-5, 10);
    expect(losses).toHaveLength(rates.length);
    expect(suggestion).toBeGreaterThan(0.003);
    expect(suggestion).toBeLessThan(1);
    expect([...flatten(params).values()].flatMap((tensor) => [...tensor.dataSync()])).toEqual(weights);
    disposeTree(params);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('ends where the loss is no number any more', async () => {
    const { task, data, params } = noisyLine();
    const { rates } = await findRate(task, data, { lowest: 1e-3, highest: 1e30, steps: 60, seed: 1 });
    expect(rates.length).toBeLessThan(60);
    disposeTree(params);
  });

  it('refuses rates that do not rise', async () => {
    const { task, data, params } = noisyLine();
    await expect(findRate(task, data, { lowest: 1, highest: 0.1, seed: 1 })).rejects.toThrow('expected 0 < lowest < highest and more than 11 steps, found 1, 0.1, 100');
    disposeTree(params);
  });
});
