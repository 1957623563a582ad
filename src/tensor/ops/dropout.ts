import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';

/** Dropout of one place in a network in one step: whether an element stays follows from its index and the seed alone, on every backend. */
export interface Drop {
  /** Part that is dropped (fraction, 0 ≤ rate < 1). */
  readonly rate: number;
  /** 32 bits. */
  readonly seed: number;
}

/** What the kernels take: an element stays when its hash is at or above the threshold, and is scaled then. */
export interface DropSettings {
  readonly seed: number;
  readonly threshold: number;
  readonly scale: number;
}

export function dropSettings(drop: Drop | null): DropSettings {
  if (drop === null || drop.rate === 0) return { seed: 0, threshold: 0, scale: 1 };
  if (!(drop.rate > 0 && drop.rate < 1)) throw new InvariantError(`expected a dropout rate from 0 to below 1, found ${drop.rate}`);
  return { seed: drop.seed | 0, threshold: Math.min(2 ** 32 - 1, Math.max(1, Math.round(drop.rate * 2 ** 32))), scale: Math.fround(1 / (1 - drop.rate)) };
}

/** x with a part of its elements set to zero and the others scaled to keep the mean (Srivastava et al. 2014); null drops nothing. */
export function dropout(x: Tensor, drop: Drop | null): Tensor {
  const settings = dropSettings(drop);
  if (settings.threshold === 0) return x;
  const heap = activeHeap();
  if (heap === null) return tf.mul(x, tf.tensor(keptScales(x.size, settings), x.shape));
  return customOp({
    inputs: { x },
    forward: () => [run(heap, x, settings)],
    backward: ([dy]) => ({ x: () => tf.engine().tidy(() => run(heap, dy, settings)) }),
  })[0];
}

function run(heap: Heap, x: Tensor, { seed, threshold, scale }: DropSettings): Tensor {
  const y = heap.output(x.shape);
  heap.kernels.dropout(heap.address(x), heap.address(y), x.size, seed, threshold, scale);
  return y;
}

/** Factor of each element: 0 or the scale. */
function keptScales(size: number, { seed, threshold, scale }: DropSettings): Float32Array {
  const factors = new Float32Array(size);
  for (let i = 0; i < size; i++) factors[i] = hash(i, seed) >= threshold ? scale : 0;
  return factors;
}

/** The hash of the kernels: a mixing by two multiplications. */
function hash(index: number, seed: number): number {
  let x = Math.imul(index, 0x9e3779b9) ^ seed;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
