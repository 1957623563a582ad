import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';

import { createRng, type Rng } from '../../src/core/rng.js';
import { withoutKernels } from '../../src/tensor/active-heap.js';
import { openBackend } from '../../src/tensor/backend.js';
import { initScalarEmbedding, initScalarSelection, selectEmbedded, selectVariables, type EmbeddedSelectionParams, type ScalarEmbedding, type ScalarSelectionParams, type Selected } from '../../src/tensor/layers/variable-selection.js';
import type { Drop } from '../../src/tensor/ops/dropout.js';
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
