import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import { activeHeap } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';

/** x w + bias: x [rows, inputs], w [inputs, outputs], bias [outputs] or null, to [rows, outputs]. */
export function linear(x: Tensor, w: Tensor, bias: Tensor | null): Tensor2D {
  const heap = activeHeap();
  if (heap === null) {
    const product: Tensor = tf.matMul(x, w);
    return (bias ? tf.add(product, bias) : product) as Tensor2D;
  }
  return customOp<'x' | 'w' | 'bias'>({
    inputs: bias ? { x, w, bias } : { x, w },
    forward: (save) => {
      save([x, w]);
      return [run(heap, x, w, bias)];
    },
    backward: ([dy], [x_, w_]) => ({
      x: () => tf.matMul(dy, w_, false, true),
      w: () => tf.matMul(x_, dy, true, false),
      ...(bias ? { bias: () => tf.sum(dy, 0) } : {}),
    }),
  })[0] as Tensor2D;
}

function run(heap: Heap, x: Tensor, w: Tensor, bias: Tensor | null): Tensor {
  const [[rows], [inputs, outputs]] = [x.shape, w.shape as [number, number]];
  tf.util.assert(x.rank === 2 && x.shape[1] === inputs && (bias === null || bias.size === outputs), () => `expected [rows, ${inputs}] and ${outputs} biases for weights [${inputs}, ${outputs}], found [${x.shape.join(', ')}] and ${bias?.size ?? 'none'} in linear`);
  const y = heap.output([rows, outputs]);
  const scratch = heap.scratch(heap.kernels.PRODUCT_SCRATCH.value);
  heap.kernels.linear(heap.address(x), heap.address(w), bias ? heap.address(bias) : 0, heap.address(y), rows, inputs, outputs, scratch);
  return y;
}

