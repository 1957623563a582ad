import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import { activeHeap } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';

const EPSILON = 1e-5;

/** Layer normalisation over the last axis (Ba, Kiros, Hinton 2016; biased variance, epsilon 1e-5): x [..., d], gamma and beta [d]. */
export function layerNorm(x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  return activeHeap() === null ? plain(x, gamma, beta) : normalised(x, null, gamma, beta);
}

/** norm(skip + value sigmoid(gate)), the end of every gated residual: skip [rows, d] or null (zeros), gates [rows, 2 d] as value | gate. */
export function gatedNorm(skip: Tensor | null, gates: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  if (activeHeap() !== null) return normalised(skip, gates, gamma, beta);
  const [value, gate] = tf.split(gates, 2, -1);
  const open = tf.mul(value, tf.sigmoid(gate));
  return plain(skip ? tf.add(skip, open) : open, gamma, beta);
}

function plain(x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON))), gamma), beta);
}

type Input = 'x' | 'gates' | 'gamma' | 'beta';

function normalised(x: Tensor | null, gates: Tensor | null, gamma: Tensor, beta: Tensor): Tensor {
  const heap = activeHeap() as Heap;
  const width = gamma.size;
  const shape = x ? x.shape : [(gates as Tensor).shape[0], width];
  const rows = shape.reduce((count, one) => count * one, 1) / width;
  tf.util.assert(shape[shape.length - 1] === width && beta.size === width && (gates === null || (gates.shape[0] === rows && gates.shape[1] === 2 * width)), () => `expected rows of ${width} with gates of ${2 * width}, found [${shape.join(', ')}] and [${gates?.shape.join(', ') ?? ''}] in a layer norm`);
  const inputs: Partial<Record<Input, Tensor>> = { ...(x ? { x } : {}), ...(gates ? { gates } : {}), gamma, beta };
  return customOp<Input>({
    inputs: inputs,
    forward: (save) => {
      save([...(x ? [x] : []), ...(gates ? [gates] : []), gamma]);
      const y = heap.output(shape);
      const scratch = heap.scratch(heap.kernels.normScratch(width));
      heap.kernels.normForward(x ? heap.address(x) : 0, gates ? heap.address(gates) : 0, heap.address(gamma), heap.address(beta), heap.address(y), rows, width, scratch);
      return [y];
    },
    backward: ([dy], saved) => {
      const x_ = x ? saved[0] : null;
      const gates_ = gates ? saved[x ? 1 : 0] : null;
            const made = { x: x ? heap.output(shape) : null, gates: gates ? heap.output(gates.shape) : null, gamma: heap.output(gamma.shape), beta: heap.output(beta.shape) };
      const scratch = heap.scratch(heap.kernels.normScratch(width));
      const at = (tensor: Tensor | null): number => (tensor ? heap.address(tensor) : 0);
      heap.kernels.normBackward(at(x_), at(gates_), heap.address(saved[saved.length - 1]), heap.address(dy), at(made.x), at(made.gates), heap.address(made.gamma), heap.address(made.beta), rows, width, scratch);
      return { ...(x ? { x: () => made.x as Tensor } : {}), ...(gates ? { gates: () => made.gates as Tensor } : {}), gamma: () => made.gamma, beta: () => made.beta };
    },
  })[0];
}
