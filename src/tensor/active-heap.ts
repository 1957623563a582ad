import * as tf from '@tensorflow/tfjs-core';

import type { Heap } from './kernels/heap.js';
import { NATIVE_BACKEND } from './native/native-backend.js';

let opened: Heap | null = null;
let isPlain = false;

/** The heap of own kernels while the wasm backend is the active one, else null: then operations are compositions of stock ones. */
export function activeHeap(): Heap | null {
  return opened !== null && !isPlain && tf.getBackend() === 'wasm' ? opened : null;
}

/** Whether whole-layer operations of TensorFlow's own library are to be used: on its backend, unless plain compositions are asked for. */
export function usesNativeLayers(): boolean {
  return !isPlain && tf.getBackend() === NATIVE_BACKEND;
}

/** Says which heap belongs to the wasm backend. */
export function setHeap(heap: Heap | null): void {
  opened = heap;
}

/** Runs something with plain compositions only, on whatever backend: what the kernels are compared with. */
export function withoutKernels<T>(run: () => T): T {
  const before = isPlain;
  isPlain = true;
  try {
    return run();
  } finally {
    isPlain = before;
  }
}
