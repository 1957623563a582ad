import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { withoutKernels } from '../../src/tensor/active-heap.js';
import { activeHeap } from '../../src/tensor/active-heap.js';
import { openBackend } from '../../src/tensor/backend.js';
import { dropout, type Drop } from '../../src/tensor/ops/dropout.js';
import { edgeScores } from '../../src/tensor/ops/edge-scores.js';
import { gatedNorm, layerNorm } from '../../src/tensor/ops/layer-norm.js';
import { linear } from '../../src/tensor/ops/linear.js';
import { lstm } from '../../src/tensor/ops/lstm.js';
import { attendNeighbours, edgesOf } from '../../src/tensor/ops/neighbours.js';
import { selectScalars } from '../../src/tensor/ops/select-scalars.js';
import { valueAndGradients } from '../../src/tensor/parameters.js';
import { tf, type Scalar, type Tensor } from '../../src/tensor/tensorflow.js';
import { evaluate, expectSame, expectSlopes, normalTensor, size, type Op } from './gradients.js';
import { expectNoTensorsLeft } from './no-tensors-left.js';

/** Shapes of the inputs of an operation for drawn sizes. */
interface Case {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly shapes: (...sizes: number[]) => readonly (readonly number[])[];
  readonly op: (...sizes: number[]) => Op;
  /** The same without a bend, across which differences are not the slope. */
  readonly smooth?: (...sizes: number[]) => Op;
  /** Rows that are nearly constant are scaled up by a norm, and rounding with them. */
  readonly tolerance?: number;
}

const lstmOp = (hasStart: boolean): Op => (x, w, u, bias, h0, c0) => {
  const { h, cell } = lstm({ x, w, u, bias, h0: hasStart ? h0 : null, c0: hasStart ? c0 : null });
  return [h, cell];
};

const selection = (drop: { rate: number; seed: number } | null): Op => (x, weights, skipScale, skipShift, scale, shift, hidden, hiddenBias, gates, gateBias, gamma, beta) => [selectScalars({ x, weights, skipScale, skipShift, scale, shift, hidden, hiddenBias, gates, gateBias, gamma, beta, drop, needsInputGradient: true })];
const selectionShapes = (rows: number, v: number, d: number): readonly (readonly number[])[] => [[v, rows], [rows, v], [v, d], [v, d], [v, d], [v, d], [v, d, d], [v, d], [v, d, 2 * d], [v, 2 * d], [v, d], [v, d]];

const neighbours = (n: number, e: number, drop: Drop | null): Op => (scores, values) => {
  const rng = createRng(n * 1000 + e);
  const edges = edgesOf(Array.from({ length: e }, () => [rng.integer(0, n - 1), rng.integer(0, n - 1)] as const), n);
  const { out, attention } = attendNeighbours(scores, values, edges, drop);
  return [out, attention];
};

const scored = (n: number, e: number, slope: number): Op => (source, target, vector, ...feature) => {
  const rng = createRng(n * 1000 + e);
  const edges = edgesOf(Array.from({ length: e }, () => [rng.integer(0, n - 1), rng.integer(0, n - 1)] as const), n);
  return [edgeScores({ source, target, vector, feature: feature[0] ?? null, edges, slope })];
};

const CASES: readonly Case[] = [
  { name: 'linear', sizes: [70, 40, 40], shapes: (n, i, o) => [[n, i], [i, o], [o]], op: () => (x, w, b) => [linear(x, w, b)] },
  { name: 'linear without bias', sizes: [70, 300, 20], shapes: (n, i, o) => [[n, i], [i, o]], op: () => (x, w) => [linear(x, w, null)] },
  { name: 'layer norm', tolerance: 1e-4, sizes: [40, 37], shapes: (n, d) => [[n, d + 3], [d + 3], [d + 3]], op: () => (x, g, b) => [layerNorm(x, g, b)] },
  { name: 'gated norm', tolerance: 1e-4, sizes: [40, 37], shapes: (n, d) => [[n, d + 3], [n, 2 * d + 6], [d + 3], [d + 3]], op: () => (x, z, g, b) => [gatedNorm(x, z, g, b)] },
  { name: 'gated norm without skip', tolerance: 1e-4, sizes: [40, 37], shapes: (n, d) => [[n, 2 * d + 6], [d + 3], [d + 3]], op: () => (z, g, b) => [gatedNorm(null, z, g, b)] },
  { name: 'lstm', sizes: [70, 6, 18, 19], shapes: (b, t, i, h) => [[b, t, i], [i, 4 * h], [h, 4 * h], [4 * h], [b, h], [b, h]], op: () => lstmOp(true) },
  { name: 'lstm from zeros', sizes: [40, 6, 18, 19], shapes: (b, t, i, h) => [[b, t, i], [i, 4 * h], [h, 4 * h], [4 * h]], op: () => lstmOp(false) },
  { name: 'selection of scalars', tolerance: 1e-4, sizes: [70, 5, 19], shapes: (n, v, d) => selectionShapes(n, v, d + 3), op: () => selection(null) },
  { name: 'selection of scalars with dropout', tolerance: 1e-4, sizes: [70, 5, 19], shapes: (n, v, d) => selectionShapes(n, v, d + 3), op: (n) => selection({ rate: 0.3, seed: n }) },
  { name: 'dropout', sizes: [9, 17], shapes: (n, d) => [[n, d]], op: (n) => (x) => [dropout(x, { rate: 0.4, seed: n * 7919 })] },
  { name: 'attention over neighbours', sizes: [12, 30, 3, 9], shapes: (n, e, h, d) => [[e, h], [n, h, d]], op: (n, e) => neighbours(n, e, null) },
  { name: 'attention over neighbours with dropout', sizes: [12, 30, 3, 9], shapes: (n, e, h, d) => [[e, h], [n, h, d]], op: (n, e) => neighbours(n, e, { rate: 0.4, seed: n * 31 + e }) },
  { name: 'scores of edges', sizes: [12, 30, 3, 9], shapes: (n, _, h, d) => [[n, h * d], [n, h * d], [h, d]], op: (n, e) => scored(n, e, 0.2), smooth: (n, e) => scored(n, e, 0.998) },
  { name: 'scores of edges with features', sizes: [12, 30, 3, 9], shapes: (n, e, h, d) => [[n, h * d], [n, h * d], [h, d], [e, h * d]], op: (n, e) => scored(n, e, 0.2), smooth: (n, e) => scored(n, e, 0.998) },
  { name: 'product, left turned', sizes: [30, 300, 30], shapes: (m, k, n) => [[k, m], [k, n]], op: () => (a, b) => [tf.matMul(a, b, true, false)] },
  { name: 'product, right turned', sizes: [30, 30, 30], shapes: (m, k, n) => [[m, k], [n, k]], op: () => (a, b) => [tf.matMul(a, b, false, true)] },
  { name: 'product, both turned, batched', sizes: [4, 20, 20, 20], shapes: (b, m, k, n) => [[b, k, m], [b, n, k]], op: () => (a, b) => [tf.matMul(a, b, true, true)] },
  { name: 'exp, tanh, sigmoid, elu', sizes: [9, 17], shapes: (n, d) => [[n, d]], op: () => (x) => [tf.exp(x), tf.tanh(x), tf.sigmoid(x), tf.elu(x)] },
  { name: 'softmax', sizes: [9, 17], shapes: (n, d) => [[n, d]], op: () => (x) => [tf.softmax(x)] },
  { name: 'sums', sizes: [6, 7, 21], shapes: (a, b, c) => [[a, b, c]], op: () => (x) => [tf.sum(x, 0), tf.sum(x, 1), tf.sum(x, 2), tf.sum(x, [0, 1]), tf.sum(x, [1, 2], true), tf.sum(x, [0, 2]), tf.sum(x)] },
  { name: 'moves', sizes: [5, 6, 40], shapes: (a, b, c) => [[a, b + 1, c + 1]], op: (_, b, c) => (x) => [tf.slice(x, [0, b >> 1, c >> 2], [-1, -1, (c + 3) >> 2]), ...tf.split(x, [1, c], 2), ...tf.unstack(x, 1), tf.transpose(x, [0, 2, 1])] },
];

/** Sizes beyond those of tiles, blocks and what fits a scratch area, by the name of a case. */
const LARGE: readonly (readonly [string, readonly number[]])[] = [
  ['linear', [9, 300, 530]],
  ['linear', [130, 1, 1]],
  ['layer norm', [3, 517]],
  ['gated norm', [3, 261]],
  ['lstm', [3, 2, 70, 33]],
  ['lstm', [65, 1, 3, 5]],
  ['selection of scalars', [66, 161, 1]],
  ['selection of scalars', [5, 300, 5]],
  ['selection of scalars', [130, 2, 67]],
  ['selection of scalars with dropout', [70, 170, 6]],
  ['product, left turned', [13, 600, 9]],
  ['product, right turned', [5, 300, 530]],
  ['softmax', [2, 700]],
];

beforeAll(async () => {
  await openBackend('wasm');
});

expectNoTensorsLeft();

afterAll(() => tf.disposeVariables());

function withInputs(one: Case, sizes: readonly number[], seed: number, check: (op: Op, inputs: readonly Tensor[]) => void): void {
  const rng = createRng(seed);
  const inputs = one.shapes(...sizes).map((shape, i) => normalTensor(rng.fork(String(i)), shape, shape.length > 1 && i > 1 ? 0.4 : 1));
  tf.tidy(() => check(one.op(...sizes), inputs));
  tf.dispose(inputs);
}

it('attention over neighbours bears scores far apart', () => {
  const run = (): number[] => {
    let found: number[] = [];
    tf.tidy(() => {
      const edges = edgesOf([[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 2]], 4);
      const { out, attention } = attendNeighbours(tf.tensor2d([500, 499, -500, -900, -900, 3e4], [6, 1]), tf.tensor3d([1, 2, 3, 4], [4, 1, 1]), edges);
      found = [...attention.dataSync(), ...out.dataSync()];
    });
    return found;
  };
  const first = 1 / (1 + Math.exp(-1));
  for (const found of [run(), withoutKernels(run)]) {
    for (const [i, value] of [first, 1 - first, 0, 0.5, 0.5, 1, 2 - first, 1.5, 3, 0].entries()) expect(found[i]).toBeCloseTo(value, 6);
  }
});

describe.each(CASES)('$name', (one) => {
  it('is the same by kernels and by stock operations, values and gradients', () => {
    fc.assert(fc.property(fc.tuple(...one.sizes.map((most) => size(most))), fc.integer(), (sizes, seed) => withInputs(one, sizes, seed, (op, inputs) => expectSame(op, inputs, seed, one.tolerance))), { numRuns: 25 });
  });

  it('has the slopes that its gradients say', () => {
    fc.assert(fc.property(fc.tuple(...one.sizes.map((most) => size(Math.min(most, 12)))), fc.integer(), (sizes, seed) => withInputs({ ...one, op: one.smooth ?? one.op }, sizes, seed, (op, inputs) => expectSlopes(op, inputs, seed))), { numRuns: 10 });
  });
});

describe('at sizes beyond tiles and blocks', () => {
  it.each(LARGE)('%s of %j', (name, sizes) => {
    const one = CASES.find((other) => other.name === name)!;
    withInputs(one, sizes, 5, (op, inputs) => expectSame(op, inputs, 5, 1e-4));
  });

  it('selection works within what it asks for', () => {
    const heap = activeHeap()!;
    const one = CASES.find(({ name }) => name === 'selection of scalars with dropout')!;
    for (const sizes of [[1, 1, 1], [70, 161, 3], [65, 300, 5], [3, 2, 200], [64, 40, 29]]) {
      for (const drop of [null, { rate: 0.2, seed: 1 }]) {
        withInputs(one, sizes, 3, (_, inputs) => {
          evaluate(selection(drop), inputs, createRng(1));
          expect(heap.kernels.selectionUsed()).toBeLessThanOrEqual(heap.kernels.selectionScratch(sizes[0], sizes[1], sizes[2] + 3, Number(drop !== null)));
        });
      }
    }
  });
});

describe('dropout', () => {
  it('drops the part it says and keeps the mean, independently in every place and step', () => tf.tidy(() => {
    const x = tf.ones([40_000]);
    const kept = (rate: number, seed: number): Float32Array => dropout(x, { rate, seed }).dataSync() as Float32Array;
    for (const rate of [0.001, 0.1, 0.5, 0.9]) {
      const values = kept(rate, 7);
      const part = values.filter((value) => value === 0).length / values.length;
      expect(Math.abs(part - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / values.length));
      for (const value of values) if (value !== 0) expect(value).toBeCloseTo(1 / (1 - rate), 5);
    }
    // null: agreements of two fair masks are binomial with a half
    const masks = [1, 2, 3, 65, -1].map((seed) => kept(0.5, seed));
    for (const [i, a] of masks.entries()) for (const b of masks.slice(i + 1)) expect(Math.abs(a.filter((value, k) => value === b[k]).length / a.length - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / a.length));
    expect(dropout(x, { rate: 1 - 1e-12, seed: 1 }).dataSync().every((value) => value === 0)).toBe(true);
  }));
});

describe('own kernels', () => {
  it('refuse what is not single precision', () => {
    const [x, w] = [tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.ones([2, 2])];
    expect(() => tf.tidy(() => linear(x, w, null))).toThrow('expected single precision for "x", found int32 [2, 2]');
    tf.dispose([x, w]);
  });

  it('refuse a gradient within a gradient', () => {
    const [x, w] = [tf.ones([2, 2]), tf.ones([2, 2])];
    const inner = (one: Tensor): Tensor => tf.grad((y: Tensor) => tf.sum(tf.square(linear(y, w, null))))(one);
    expect(() => tf.tidy(() => tf.grad((y: Tensor) => tf.sum(inner(y)))(x))).toThrow('expected a gradient of first order');
    tf.dispose([x, w]);
  });

  it('leave nothing behind when one of them throws on a tape', () => {
    const [x, w] = [tf.ones([3, 2]), tf.ones([4, 2])];
    const before_ = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) expect(() => valueAndGradients(() => tf.sum<Scalar>(linear(x, w, null)), { w })).toThrow();
    expect(tf.memory().numTensors).toBe(before_);
    tf.dispose([x, w]);
  });

  it('keep a NaN of a row to itself', () => tf.tidy(() => {
    const x = tf.randomNormal([3, 5], 0, 1, 'float32', 3);
    const dy = tf.tensor2d([[NaN, 1, 1, 1, 1], [1, 2, 3, 4, 5], [1, 0, 0, 0, 1]]);
    const dx = tf.grad((one: Tensor) => layerNorm(one, tf.ones([5]), tf.zeros([5])))(x, dy).dataSync();
    expect([...dx.slice(5)].some((value) => Number.isNaN(value))).toBe(false);
  }));
});
