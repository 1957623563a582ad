import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from './heap.js';

/** Runs shorter than this many values are copied one by one: a call of `copyWithin` costs more. */
const SHORT = 32;

/** A part of a tensor, copied in runs as long as the layout has them. */
export function sliced(heap: Heap, x: TensorInfo, begin: readonly number[], size: readonly number[]): TensorInfo {
  const out = heap.backend.makeOutput([...size], x.dtype);
  const rank = x.shape.length;
  const strides = new Array<number>(rank).fill(1);
  for (let axis = rank - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * x.shape[axis + 1];
  let inner = Math.max(0, rank - 1);
  while (inner > 0 && size[inner] === x.shape[inner]) inner--;
  const run = rank === 0 ? 1 : size[inner] * strides[inner];
  const outer = size.slice(0, inner);
  const isByte = x.dtype === 'bool';
  const values: Int32Array | Uint8Array = isByte ? heap.bytes : heap.ints;
  const shift = isByte ? 0 : 2;
  let to = heap.address(out) >>> shift;
  const start = (heap.address(x) >>> shift) + begin.reduce((sum, from, axis) => sum + from * strides[axis], 0);
  const place = outer.map(() => 0);
  for (let left = outer.reduce((count, one) => count * one, 1); left > 0; left--) {
    let from = start;
    for (let axis = 0; axis < inner; axis++) from += place[axis] * strides[axis];
    if (run < SHORT) for (let i = 0; i < run; i++) values[to + i] = values[from + i];
    else values.copyWithin(to, from, from + run);
    to += run;
    for (let axis = inner - 1; axis >= 0; axis--) {
      if (++place[axis] < outer[axis]) break;
      place[axis] = 0;
    }
  }
  return out;
}
