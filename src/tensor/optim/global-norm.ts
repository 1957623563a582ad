import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import { activeHeap } from '../active-heap.js';

/** Euclidean norm over all tensors together, summed in double precision where they lie on the heap. */
export function globalNorm(tensors: readonly Tensor[]): number {
  const heap = activeHeap();
  if (heap !== null) return Math.sqrt(tensors.reduce((sum, tensor) => sum + heap.kernels.sumSquares(heap.address(tensor), tensor.size), 0));
  return Math.sqrt(tf.tidy(() => tf.addN(tensors.map((tensor) => tf.sum(tf.square(tensor))))).dataSync()[0]);
}
