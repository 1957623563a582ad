import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import '@tensorflow/tfjs'; // has the gradients of operations
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { loadNative } from '../../../src/tensor/native/load-native.js';
import { built, withoutNative } from './native-build.js';

const store = mkdtempSync(join(tmpdir(), 'swinglab-native-'));
afterAll(() => rmSync(store, { recursive: true, force: true }));

/** A folder of builds with one that has the given files. */
function made(name: string, files: Readonly<Record<string, string>>, flavour = 'cpu'): string {
  const folder = join(store, name, flavour);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(store, name);
}

const stamp = JSON.stringify({ package: '@tensorflow/tfjs-node', tfjs: tf.version_core });

/** As in a process that has loaded nothing yet. */
async function freshLoader(): Promise<typeof loadNative> {
  vi.resetModules();
  return (await import('../../../src/tensor/native/load-native.js')).loadNative;
}

describe('loading the native TensorFlow', () => {
  let fresh: typeof loadNative;
  beforeEach(async () => {
    fresh = await freshLoader();
  });

  it('says how to build what has not been built', async () => {
    await expect(fresh({ store })).rejects.toMatchObject({ code: 'NO_NATIVE_BUILD', message: expect.stringContaining('"npm run native"') });
    await expect(fresh({ store, gpu: true })).rejects.toMatchObject({ code: 'NO_NATIVE_BUILD', message: expect.stringContaining('"npm run native -- --gpu"') });
  });

  it('refuses a build for another version of the core', async () => {
    const other = made('other', { 'build.json': JSON.stringify({ package: '@tensorflow/tfjs-node', tfjs: '4.0.0' }) });
    await expect(fresh({ store: other })).rejects.toMatchObject({ code: 'NATIVE_VERSION', message: expect.stringMatching(/4\.22.*found 4\.0\.0/) });
  });

  it('names a part that is missing', async () => {
    const empty = made('empty', { 'build.json': stamp });
    await expect(fresh({ store: empty })).rejects.toMatchObject({ code: 'NATIVE_LOAD', message: expect.stringMatching(/"@tensorflow\/tfjs".*Cannot find module.*--force/) });
  });

  it('refuses a build with a core of its own', async () => {
    const second = made('second', { 'build.json': stamp, 'node_modules/@tensorflow/tfjs/index.js': 'exports.Tensor = class Tensor {};' });
    await expect(fresh({ store: second })).rejects.toMatchObject({ code: 'NATIVE_LOAD', message: expect.stringContaining('found another copy') });
  });
});

describe.skipIf(withoutNative !== null)(`the native TensorFlow${withoutNative === null ? '' : ` (${withoutNative})`}`, () => {
  const backends = ['cpu', 'tensorflow'] as const;

  beforeAll(async () => {
    const found = await loadNative();
    expect(found).toEqual({ backend: 'tensorflow', device: 'cpu', tensorflow: expect.stringMatching(/^2\./), tfjs: tf.version_core });
  });

  async function onEach<T>(work: () => Promise<T>): Promise<T[]> {
    const results: T[] = [];
    for (const backend of backends) {
      await tf.setBackend(backend);
      results.push(await work());
    }
    return results;
  }

  it('is loaded once', async () => {
    expect(await loadNative()).toBe(await loadNative());
    expect(() => loadNative({ gpu: true })).toThrow('the one for the CPU');
  });

  it('tells a library that does not load', async () => {
    const folder = made('broken', { 'build.json': stamp, 'tfjs_binding.node': 'not a library' });
    cpSync(join(built, 'quiet_start.node'), join(folder, 'cpu/quiet_start.node'));
    mkdirSync(join(folder, 'cpu/node_modules/@tensorflow'), { recursive: true });
    symlinkSync(join(built, 'node_modules/@tensorflow/tfjs'), join(folder, 'cpu/node_modules/@tensorflow/tfjs'));
    const fresh = await freshLoader();
    await expect(fresh({ store: folder })).rejects.toMatchObject({ code: 'NATIVE_LOAD', message: expect.stringMatching(/tfjs_binding\.node.*(invalid ELF header|file too short)/) });
  });

  it('multiplies 512 × 512 as the reference does', async () => {
    const [a, b] = await onEach(async () => [...(await tf.tidy(() => tf.matMul(tf.randomNormal([512, 512], 0, 1, 'float32', 1), tf.randomNormal([512, 512], 0, 1, 'float32', 2))).data())]);
    expect(a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)).toBeLessThan(2e-4);
    expect(a.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(50);
  });

  it('trains two layers as the reference does', async () => {
    const [a, b] = await onEach(async () => {
      const [x, y] = [tf.randomNormal<tf.Rank.R2>([64, 8], 0, 1, 'float32', 3), tf.randomNormal<tf.Rank.R2>([64, 2], 0, 1, 'float32', 4)];
      const parameters = [[8, 16], [16], [16, 2], [2]].map((shape, i) => tf.variable(tf.randomNormal(shape, 0, 0.3, 'float32', 5 + i)));
      const [w1, b1, w2, b2] = parameters;
      const optimizer = tf.train.adam(0.02);
      const loss = (): tf.Scalar => tf.mean(tf.squaredDifference(tf.add(tf.matMul(tf.elu(tf.add(tf.matMul(x, w1 as tf.Tensor2D), b1)), w2 as tf.Tensor2D), b2), y));
      const losses: number[] = [];
      for (let step = 0; step < 20; step++) losses.push((await optimizer.minimize(loss, true, parameters)!.data())[0]);
      return losses;
    });
    for (const [step, value] of a.entries()) expect(Math.abs(b[step] - value)).toBeLessThan(1e-5);
    expect(a[19]).toBeLessThan(0.8 * a[0]);
  });

  it('runs the kernels that call methods of tensors', async () => {
    const [a, b] = await onEach(async () => [...(await tf.exp(tf.tensor1d([0, 1, 2], 'int32')).data()), ...(await tf.prelu(tf.tensor1d([-2, 3]), tf.tensor1d([0.25, 0.25])).data())]);
    for (const [i, value] of a.entries()) expect(b[i]).toBeCloseTo(value, 5);
    expect(b.slice(3)).toEqual([-0.5, 3]);
  });

  it('picks the k largest, for which Node lacks a function that the binding calls', async () => {
    const [a, b] = await onEach(async () => [...(await tf.topk(tf.tensor1d([3, 1, 4, 1, 5]), 2).values.data())]);
    expect([a, b]).toEqual([[5, 4], [5, 4]]);
  });
});
