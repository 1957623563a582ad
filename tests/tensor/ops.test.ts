import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { withoutKernels } from '../../src/tensor/active-heap.js';
import { openBackend } from '../../src/tensor/backend.js';
import { dropout, type Drop } from '../../src/tensor/ops/dropout.js';
import { gatedNorm, layerNorm } from '../../src/tensor/ops/layer-norm.js';
import { linear } from '../../src/tensor/ops/linear.js';
import { lstm } from '../../src/tensor/ops/lstm.js';
import { attendNeighbours, edgesOf } from '../../src/tensor/ops/neighbours.js';
import { selectScalars } from '../../src/tensor/ops/select-scalars.js';
import { tf, type Tensor } from '../../src/tensor/tensorflow.js';
import { expectSame, expectSlopes, normalTensor, size, type Op } from './gradients.js';

/** Shapes of the inputs of an operation for drawn sizes. */
interface Case {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly shapes: (...sizes: number[]) => readonly (readonly number[])[];
  readonly op: (...sizes: number[]) => Op;
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
  { name: 'product, left turned', sizes: [30, 300, 30], shapes: (m, k, n) => [[k, m], [k, n]], op: () => (a, b) => [tf.matMul(a, b, true, false)] },
  { name: 'product, right turned', sizes: [30, 30, 30], shapes: (m, k, n) => [[m, k], [n, k]], op: () => (a, b) => [tf.matMul(a, b, false, true)] },
  { name: 'product, both turned, batched', sizes: [4, 20, 20, 20], shapes: (b, m, k, n) => [[b, k, m], [b, n, k]], op: () => (a, b) => [tf.matMul(a, b, true, true)] },
  { name: 'exp, tanh, sigmoid, elu', sizes: [9, 17], shapes: (n, d) => [[n, d]], op: () => (x) => [tf.exp(x), tf.tanh(x), tf.sigmoid(x), tf.elu(x)] },
  { name: 'softmax', sizes: [9, 17], shapes: (n, d) => [[n, d]], op: () => (x) => [tf.softmax(x)] },
  { name: 'sums', sizes: [6, 7, 21], shapes: (a, b, c) => [[a, b, c]], op: () => (x) => [tf.sum(x, 0), tf.sum(x, 1), tf.sum(x, 2), tf.sum(x, [0, 1]), tf.sum(x, [1, 2], true), tf.sum(x, [0, 2]), tf.sum(x)] },
  { name: 'moves', sizes: [5, 6, 40], shapes: (a, b, c) => [[a, b + 1, c + 1]], op: (_, b, c) => (x) => [tf.slice(x, [0, b >> 1, c >> 2], [-1, -1, (c + 3) >> 2]), ...tf.split(x, [1, c], 2), ...tf.unstack(x, 1), tf.transpose(x, [0, 2, 1])] },
];

beforeAll(async () => {
  await openBackend('wasm');
});

let before = 0;
beforeEach(() => {
  before = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors, 'tensors left').toBe(before);
});

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
    fc.assert(fc.property(fc.tuple(...one.sizes.map((most) => size(Math.min(most, 12)))), fc.integer(), (sizes, seed) => withInputs(one, sizes, seed, (op, inputs) => expectSlopes(op, inputs, seed))), { numRuns: 10 });
  });
});
