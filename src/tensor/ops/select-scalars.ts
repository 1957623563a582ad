import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import { customOp, gradientDepth } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';
import { dropout, dropSettings, type Drop } from './dropout.js';
import { layerNorm } from './layer-norm.js';

/** Weights of a gated residual network per variable whose input is one number; the first letter of shapes is the variable. */
export interface ScalarSelection {
  /** Values, [variables, rows]. */
  readonly x: Tensor;
  /** Selection weights, [rows, variables]. */
  readonly weights: Tensor;
  /** The embedding x skipScale + skipShift, which the residual skips to, [variables, d]. */
  readonly skipScale: Tensor;
  readonly skipShift: Tensor;
  /** The first dense layer on that embedding, folded into x scale + shift, [variables, d]. */
  readonly scale: Tensor;
  readonly shift: Tensor;
  /** The second dense layer, [variables, d, d] and [variables, d]. */
  readonly hidden: Tensor;
  readonly hiddenBias: Tensor;
  /** Value and gate of the gated linear unit side by side, [variables, d, 2 d] and [variables, 2 d]. */
  readonly gates: Tensor;
  readonly gateBias: Tensor;
  /** Layer norm, [variables, d]. */
  readonly gamma: Tensor;
  readonly beta: Tensor;
  /** Between the second dense layer and the gated linear unit. */
  readonly drop: Drop | null;
  /** Whether the gradient of x may be asked for; it costs a little, and data has none. */
  readonly needsInputGradient: boolean;
}

/**
 * Sum over variables of selection weight times gated residual network, [rows, d] (Lim et al. 2021, equations 6 to 8, for scalar inputs).
 *
 * Without dropout nothing stands between the second dense layer and the gated linear unit: both are linear, so their weights are
 * multiplied with each other first (d products of d by 2 d for a variable instead of one for every row) and each row is taken through one
 * product instead of two. That is the associative law, not another model: parameters, values and gradients are the same.
 */
export function selectScalars(input: ScalarSelection): Tensor2D {
  const heap = activeHeap();
  const network = input.drop !== null && input.drop.rate > 0 ? input : joined(input);
  return heap === null ? plain(input, network) : fused(heap, input, network);
}

/** What stands between the activation and the norm. */
interface Inner {
  /** Null where the second dense layer is in the gates already. */
  readonly hidden: Tensor | null;
  readonly hiddenBias: Tensor | null;
  readonly gates: Tensor;
  readonly gateBias: Tensor;
}

/** Second dense layer and gates as one. */
function joined({ hidden, hiddenBias, gates, gateBias, skipScale }: ScalarSelection): Inner {
  const [variables, d] = skipScale.shape as [number, number];
  const shifted = tf.reshape(tf.matMul(tf.reshape(hiddenBias, [variables, 1, d]), gates), [variables, 2 * d]);
  return { hidden: null, hiddenBias: null, gates: tf.matMul(hidden, gates), gateBias: tf.add(gateBias, shifted) };
}

function plain({ x, weights, skipScale, skipShift, scale, shift, gamma, beta, drop }: ScalarSelection, { hidden, hiddenBias, gates, gateBias }: Inner): Tensor2D {
  const [variables, d] = skipScale.shape as [number, number];
  const each = (tensor: Tensor): Tensor3D => tf.reshape(tensor, [variables, 1, tensor.size / variables]);
  const scalar = tf.expandDims(x, 2); // [variable, row, 1]
  let h: Tensor = tf.elu(tf.add(tf.mul(scalar, each(scale)), each(shift))); // [variable, row, d]
  if (hidden && hiddenBias) h = dropout(tf.add(tf.matMul(h, hidden), each(hiddenBias)), drop);
  const [value, gate] = tf.split(tf.add(tf.matMul(h, gates), each(gateBias)), 2, 2);
  const sum = tf.add(tf.add(tf.mul(scalar, each(skipScale)), each(skipShift)), tf.mul(value, tf.sigmoid(gate)));
  const normal = tf.add(tf.mul(layerNorm(sum, tf.ones([d]), tf.zeros([d])), each(gamma)), each(beta));
  return tf.sum(tf.mul(normal, tf.expandDims(tf.transpose(weights), 2)), 0);
}

type Input = Exclude<keyof ScalarSelection, 'drop' | 'needsInputGradient'>;

function fused(heap: Heap, { x, weights, skipScale, skipShift, scale, shift, gamma, beta, drop, needsInputGradient }: ScalarSelection, { hidden, hiddenBias, gates, gateBias }: Inner): Tensor2D {
  const [variables, d] = skipScale.shape as [number, number];
  const [, rows] = x.shape as [number, number];
  tf.util.assert(x.shape[0] === variables && weights.shape[0] === rows && weights.shape[1] === variables && gates.shape[1] === d && gates.shape[2] === 2 * d, () => `expected x [${variables}, rows], weights [rows, ${variables}], gates [${variables}, ${d}, ${2 * d}], found [${x.shape.join(', ')}], [${weights.shape.join(', ')}], [${gates.shape.join(', ')}] in selectScalars`);
  const { kernels } = heap;
  const { seed, threshold, scale: keep } = dropSettings(drop);
  const at = (tensor: Tensor | null): number => (tensor ? heap.address(tensor) : 0);
  const scratch = (): number => heap.scratch(kernels.selectionScratch(rows, variables, d, Number(hidden !== null)));
  const all: Record<Input, Tensor | null> = { x, weights, skipScale, skipShift, scale, shift, hidden, hiddenBias, gates, gateBias, gamma, beta };
  const names = (Object.keys(all) as Input[]).filter((name) => all[name] !== null);
  // what a backward pass needs is kept, and rows are taken together, only where there will be one
  const isTraining = gradientDepth() > 0;
  return customOp<Input>({
    inputs: Object.fromEntries(names.map((name) => [name, all[name]])),
    forward: (save) => {
      const [out, toKeep] = [heap.output([rows, d]), isTraining ? heap.output([kernels.selectionKept(rows, variables, d)]) : null];
      kernels.selectionForward(at(x), at(weights), at(skipScale), at(skipShift), at(scale), at(shift), at(hidden), at(hiddenBias), at(gates), at(gateBias), at(gamma), at(beta), at(out), at(toKeep), rows, variables, d, seed, threshold, keep, scratch());
      if (toKeep) save([...names.map((name) => all[name] as Tensor), toKeep]);
      return [out];
    },
    backward: ([dy], saved) => {
      const kept = (name: Input): number => (all[name] ? heap.address(saved[names.indexOf(name)]) : 0);
      const grads = Object.fromEntries(names.map((name) => [name, name === 'x' && !needsInputGradient ? null : heap.output((all[name] as Tensor).shape)])) as Record<Input, Tensor | null>;
      const to = (name: Input): number => at(grads[name]);
      kernels.selectionBackward(kept('x'), kept('weights'), kept('skipScale'), kept('skipShift'), kept('scale'), kept('shift'), kept('hidden'), kept('hiddenBias'), kept('gates'), kept('gateBias'), kept('gamma'), kept('beta'), heap.address(saved[names.length]), heap.address(dy),
        to('x'), to('weights'), to('skipScale'), to('skipShift'), to('scale'), to('shift'), to('hidden'), to('hiddenBias'), to('gates'), to('gateBias'), to('gamma'), to('beta'), rows, variables, d, seed, threshold, keep, scratch());
      return Object.fromEntries(names.map((name) => [name, () => grads[name] ?? notWanted(name)]));
    },
  })[0] as Tensor2D;
}

function notWanted(name: string): never {
  throw new InvariantError(`expected needsInputGradient where the gradient of ${name} is asked for, found false in selectScalars`);
}
