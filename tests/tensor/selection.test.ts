import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { createRng, type Rng } from '../../src/core/rng.js';
import { activeHeap, withoutKernels } from '../../src/tensor/active-heap.js';
import { openBackend } from '../../src/tensor/backend.js';
import { initScalarEmbedding, initScalarSelection, selectEmbedded, selectVariables, type EmbeddedSelectionParams, type ScalarEmbedding, type ScalarSelectionParams, type Selected } from '../../src/tensor/layers/variable-selection.js';
import type { Drop } from '../../src/tensor/ops/dropout.js';
import { selectScalars } from '../../src/tensor/ops/select-scalars.js';
import { flatten, withTensors, type ParameterTree } from '../../src/tensor/parameters.js';
import { tf, type Tensor, type Tensor2D } from '../../src/tensor/tensorflow.js';
import { difference, evaluate, normalTensor, size, type Op } from './gradients.js';
import { expectNoTensorsLeft } from './no-tensors-left.js';

interface Params extends ParameterTree {
  readonly embedding: ScalarEmbedding;
  readonly selection: ScalarSelectionParams;
}

/** Parameters whose biases, shifts and scales are not what they start as. */
function drawnParameters(rng: Rng, variables: number, width: number, context: number | null): Params {
  const params = { embedding: initScalarEmbedding(rng.fork('embedding'), variables, width), selection: initScalarSelection(rng.fork('selection'), variables, width, context) };
  return withTensors(params, new Map([...flatten(params)].map(([name, one]) => [name, tf.add(one, normalTensor(rng.fork(name), one.shape, 0.3))])));
}

/** The same networks for embeddings that are made outside: each variable's slice. */
function embeddedParameters({ selection: { weights, each } }: Params, variables: number): EmbeddedSelectionParams {
  const own = (tensor: Tensor, v: number): Tensor => tf.squeeze(tf.slice(tensor, [v, ...tensor.shape.slice(1).map(() => 0)], [1, ...tensor.shape.slice(1)]), [0]);
  const dense = (part: { readonly weight: Tensor; readonly bias: Tensor }, v: number): { weight: Tensor; bias: Tensor } => ({ weight: own(part.weight, v), bias: own(part.bias, v) });
  return { weights, each: Object.fromEntries(Array.from({ length: variables }, (_, v) => [String(v), { hidden: dense(each.hidden, v), out: dense(each.out, v), glu: dense(each.glu, v), norm: { gamma: own(each.norm.gamma, v), beta: own(each.norm.beta, v) } }])) };
}

function embedded({ embedding }: Params, x: Tensor2D): Tensor2D[] {
  const [variables, rows] = x.shape;
  const row = (tensor: Tensor, v: number): Tensor => tf.slice(tensor as Tensor2D, [v, 0], [1, -1]);
  return Array.from({ length: variables }, (_, v) => tf.add(tf.mul(tf.reshape(row(x, v), [rows, 1]), row(embedding.scale, v)), row(embedding.shift, v)));
}

/** Drops nothing, and is yet there: the two dense layers of a residual network stay apart. */
const NOTHING: Drop = { rate: 1e-9, seed: 1 };

beforeAll(async () => {
  await openBackend('wasm');
});

expectNoTensorsLeft();

it.each([{ form: 'one product', drops: null }, { form: 'two dense layers', drops: { weights: NOTHING, each: NOTHING } }])('selection of scalars is that of their embeddings, values and gradients, by $form', ({ drops }) => {
  // not two: a norm over two numbers is ±1, and its gradient what rounding has left
  const drawn = fc.record({ variables: fc.constantFrom(1, 3, 4, 5, 7), width: size(9), groups: size(3), rows: size(6), context: fc.option(size(4)), seed: fc.integer(), isPlain: fc.boolean() });
  fc.assert(fc.property(drawn, ({ variables, width, groups, rows, context, seed, isPlain }) => tf.tidy(() => {
    // a norm over a width of one or two has outputs that no input changes, and slopes that blow up rounding
    const d = width + 2;
    const rng = createRng(seed);
    const params = drawnParameters(rng, variables, d, context);
    const names = [...flatten(params).keys()];
    const told = context === null ? null : normalTensor(rng, [groups, context]);
    const of = (select: (params: Params, x: Tensor2D) => Selected): Op => (x, ...weights) => {
      const { out, weights: chosen } = select(withTensors(params, new Map(weights.map((one, i) => [names[i], one]))), x as Tensor2D);
      return [out, chosen];
    };
    const scalars = of((given, x) => selectVariables(given.selection, given.embedding, x, { context: told, drops, needsInputGradient: true }));
    const vectors = of((given, x) => selectEmbedded(embeddedParameters(given, variables), embedded(given, x), { context: told, drops }));
    const inputs = [normalTensor(rng, [variables, groups * rows]), ...flatten(params).values()];
    const found = isPlain ? withoutKernels(() => evaluate(scalars, inputs, createRng(seed))) : evaluate(scalars, inputs, createRng(seed));
    const expected = evaluate(vectors, inputs, createRng(seed));
    // a norm over few numbers that are nearly the same scales rounding up: about as much as it does a nudge of all inputs by a millionth
    const nudged = evaluate(vectors, inputs.map((one) => tf.mul(one, tf.add(1, normalTensor(rng, one.shape, 1e-6)))), createRng(seed));
    const bound = 1e-4 + 3 * Math.max(...nudged.outputs.map((one, i) => difference(one, expected.outputs[i])), ...nudged.gradients.map((one, i) => difference(one, expected.gradients[i])));
    for (const [i, output] of found.outputs.entries()) expect(difference(output, expected.outputs[i]), `output ${i}`).toBeLessThan(bound);
    for (const [i, gradient] of found.gradients.entries()) expect(difference(gradient, expected.gradients[i]), `gradient of ${['x', ...names][i]}`).toBeLessThan(bound);
    const sums = tf.sum(vectors(...inputs)[1], 1).dataSync();
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
  })), { numRuns: 60 });
});

/** Numbers of a variable, of which some lie near each other: as they come, far apart, the same, few, near a bend, with outliers. */
const SPREADS: Readonly<Record<string, (rng: Rng) => number>> = {
  normal: (rng) => rng.normal(),
  uniform: (rng) => 10 * rng.float() - 5,
  wide: (rng) => 1e4 * rng.normal(),
  same: () => 0.7,
  few: (rng) => rng.integer(-2, 2),
  near: (rng) => 3 + 1e-3 * rng.normal(),
  tiny: (rng) => 1e-30 * rng.normal(),
  outliers: (rng) => rng.normal() * (rng.float() < 0.02 ? 1e6 : 1),
};

function drawnSelection(rng: Rng, rows: number, variables: number, d: number, spread: (rng: Rng) => number): { readonly x: Tensor; readonly rest: readonly Tensor[] } {
  const x = tf.tensor2d(Float32Array.from({ length: variables * rows }, () => spread(rng)), [variables, rows]);
  const shapes = [[rows, variables], ...Array.from({ length: 4 }, () => [variables, d]), [variables, d, d], [variables, d], [variables, d, 2 * d], [variables, 2 * d], [variables, d], [variables, d]];
  return { x, rest: shapes.map((shape, i) => normalTensor(rng.fork(String(i)), shape, i === 0 ? 1 : 0.4)) };
}

const selectRows = (x: Tensor, drop: Drop | null): Op => (weights, skipScale, skipShift, scale, shift, hidden, hiddenBias, gates, gateBias, gamma, beta) =>
  [selectScalars({ x, weights, skipScale, skipShift, scale, shift, hidden, hiddenBias, gates, gateBias, gamma, beta, drop, needsInputGradient: false })];

/** Values of an operation while gradients are asked for, and the gradients of the sum of those times fixed random numbers. */
function gradientsOf(op: Op, inputs: readonly Tensor[], seed: number): Float32Array[] {
  let values = new Float32Array();
  const { grads } = tf.engine().gradients(() => {
    const [out] = op(...inputs);
    values = out.dataSync().slice() as Float32Array<ArrayBuffer>;
    return tf.sum(tf.mul(out, normalTensor(createRng(seed), out.shape)));
  }, [...inputs]);
  return [values, ...grads.map((one) => one.dataSync() as Float32Array)];
}

describe('rows that are taken together', () => {
  it('give what they give one by one, values and gradients, wherever their numbers lie', () => {
    const drawn = fc.record({ rows: fc.integer({ min: 1, max: 700 }), variables: size(3), width: fc.integer({ min: 6, max: 41 }), spread: fc.constantFrom(...Object.keys(SPREADS)), rate: fc.constantFrom(0, 0.3), seed: fc.integer() });
    fc.assert(fc.property(drawn, ({ rows, variables, width, spread, rate, seed }) => tf.tidy(() => {
      const rng = createRng(seed);
      const { x, rest } = drawnSelection(rng, rows, variables, width, SPREADS[spread]);
      const drop = rate > 0 ? { rate, seed } : null;
      const nudge = (one: Tensor): Tensor => tf.mul(one, tf.add(1, normalTensor(rng, one.shape, 1e-6)));
      const own = gradientsOf(selectRows(x, drop), rest, seed);
      const plain = withoutKernels(() => gradientsOf(selectRows(x, drop), rest, seed));
      // what a norm scales up of rounding, it does of a nudge by a millionth as well
      const nudged = withoutKernels(() => gradientsOf(selectRows(nudge(x), drop), rest.map(nudge), seed));
      for (const [i, values] of own.entries()) expect(difference(values, plain[i]), i === 0 ? 'values' : `gradient ${i - 1}`).toBeLessThan(1e-5 + 10 * Math.max(...nudged.map((one, k) => difference(one, plain[k]))));
    })), { numRuns: 60 });
  });

  it.each([{ drop: null, d: 32 }, { drop: { rate: 0.2, seed: 3 }, d: 32 }, { drop: null, d: 20 }, { drop: null, d: 64 }])('are most of those of a large batch, as exact as others: width $d, $drop', ({ drop, d }) => tf.tidy(() => {
    const { kernels } = activeHeap()!;
    const { x, rest } = drawnSelection(createRng(d), 5000, 2, d, SPREADS['normal']);
    const own = gradientsOf(selectRows(x, drop), rest, 1);
    // of two passes over two variables in tiles of 64 rows, the last one is told of
    expect(kernels.selectionSeries()).toBeGreaterThan(0.8 * 2 * 5000 / 64);
    const plain = withoutKernels(() => gradientsOf(selectRows(x, drop), rest, 1));
    for (const [i, values] of own.entries()) expect(difference(values, plain[i]), i === 0 ? 'values' : `gradient ${i - 1}`).toBeLessThan(1e-5);
  }));

  it('are never those of a pass that no gradient follows: a row is to the last bit what it is alone', () => tf.tidy(() => {
    const { x, rest: [weights, ...others] } = drawnSelection(createRng(2), 300, 2, 32, SPREADS['normal']);
    const all = selectRows(x, null)(weights, ...others)[0].dataSync();
    expect(activeHeap()!.kernels.selectionSeries()).toBe(0);
    const part = selectRows(tf.slice(x, [0, 77], [2, 5]), null)(tf.slice(weights, [77, 0], [5, 2]), ...others)[0].dataSync();
    expect([...part]).toEqual([...all.slice(77 * 32, 82 * 32)]);
  }));

  it.each([NaN, Infinity, -Infinity])('keep a %d to its row', (odd) => tf.tidy(() => {
    const { x, rest } = drawnSelection(createRng(2), 300, 2, 32, SPREADS['normal']);
    const values = x.dataSync().slice();
    const expected = gradientsOf(selectRows(x, null), rest, 1)[0];
    values[100] = odd;
    const found = gradientsOf(selectRows(tf.tensor2d(values as Float32Array, [2, 300]), null), rest, 1)[0];
    expect([...found.subarray(100 * 32, 101 * 32)].some(Number.isFinite)).toBe(false);
    found.copyWithin(100 * 32, 99 * 32, 100 * 32);
    expected.copyWithin(100 * 32, 99 * 32, 100 * 32);
    expect(difference(found, expected)).toBeLessThan(1e-5);
  }));
});
