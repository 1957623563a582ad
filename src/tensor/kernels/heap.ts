import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import type { Kernels } from './kernels.js';

/** The part of WebAssembly's interface that is used here; TypeScript has it among the types of browsers only. */
interface WasmEngine {
  validate(code: Uint8Array): boolean;
  instantiate(code: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: unknown } }>;
}

/** What the modules of Emscripten offer that tfjs-backend-wasm does not declare. */
interface EmscriptenModule {
  readonly asm: { readonly memory: { readonly buffer: ArrayBufferLike } };
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Room for the constants of the kernels. */
const TABLE_BYTES = 320;

/** Own kernels on the linear memory of TensorFlow.js: they read and write its tensors where they lie. */
export class Heap {
  readonly backend: BackendWasm;
  readonly kernels: Kernels;
  readonly #module: EmscriptenModule;
  #scratch = 0;
  #scratchBytes = 0;
  #views: { readonly buffer: ArrayBufferLike; readonly floats: Float32Array; readonly ints: Int32Array; readonly bytes: Uint8Array };

  constructor(backend: BackendWasm, kernels: Kernels) {
    this.backend = backend;
    this.kernels = kernels;
    this.#module = moduleOf(backend);
    kernels.setTable(this.#module._malloc(TABLE_BYTES));
    this.#views = viewsOf(this.#module.asm.memory.buffer);
  }

  /** Address of the values of a tensor, in bytes. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A tensor of a shape whose values are whatever stood there. */
  output(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.backend.makeOutput([...shape], dtype), this.backend);
  }

  /** Address of room for some floats, the same for every kernel: valid until the next call. */
  scratch(floats: number): number {
    const bytes = floats * 4;
    if (bytes > this.#scratchBytes) {
      if (this.#scratch !== 0) this.#module._free(this.#scratch);
      this.#scratch = 0;
      this.#scratchBytes = 0;
      this.#scratch = this.#module._malloc(bytes);
      this.#scratchBytes = bytes;
    }
    return this.#scratch;
  }

  /** Whether other tensors stand on the same values: clones and reshapes do, as nothing in TensorFlow.js changes values in place. */
  isShared(tensor: TensorInfo): boolean {
    return this.backend.refCount(tensor.dataId) > 1;
  }

  /** A tensor with the same values in a place of its own. */
  copy(tensor: TensorInfo): Tensor {
    const copy = this.output(tensor.shape, tensor.dtype as 'float32' | 'int32');
    const from = this.address(tensor);
    this.bytes.copyWithin(this.address(copy), from, from + 4 * copy.size);
    return copy;
  }

  /** The whole memory; the views of before are dead once anything has been allocated. */
  get floats(): Float32Array {
    return this.#current().floats;
  }

  get ints(): Int32Array {
    return this.#current().ints;
  }

  get bytes(): Uint8Array {
    return this.#current().bytes;
  }

  /** Values of a tensor where they lie: valid until something is allocated or the tensor is disposed of. */
  valuesOf(tensor: TensorInfo): Float32Array {
    const start = this.address(tensor) >>> 2;
    return this.floats.subarray(start, start + tf.util.sizeFromShape(tensor.shape));
  }

  #current(): { readonly floats: Float32Array; readonly ints: Int32Array; readonly bytes: Uint8Array } {
    const { buffer } = this.#module.asm.memory;
    if (this.#views.buffer !== buffer) this.#views = viewsOf(buffer);
    return this.#views;
  }
}

function viewsOf(buffer: ArrayBufferLike): { buffer: ArrayBufferLike; floats: Float32Array; ints: Int32Array; bytes: Uint8Array } {
  return { buffer, floats: new Float32Array(buffer), ints: new Int32Array(buffer), bytes: new Uint8Array(buffer) };
}

export function moduleOf(backend: BackendWasm): EmscriptenModule {
  return backend.wasm as unknown as EmscriptenModule;
}

/** File that `npm run build` makes out of `assembly/`. */
export const KERNELS_FILE = fileURLToPath(new URL('./kernels.wasm', import.meta.url));

/** Loads the kernels onto the memory of a backend. Throws `InvariantError` when they were not built or this engine cannot run them. */
export async function loadKernels(backend: BackendWasm): Promise<Heap> {
  const code = await readFile(KERNELS_FILE).catch((cause: unknown) => {
    throw new InvariantError(`expected the compiled kernels, found none in ${KERNELS_FILE}: run \`npm run build\``, { cause });
  });
  const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WasmEngine };
  if (!wasm.validate(code)) throw new InvariantError(`expected an engine with relaxed SIMD (Node 22 or later), found Node ${process.version} for ${KERNELS_FILE}`);
  const { instance } = await wasm.instantiate(code, { env: { memory: moduleOf(backend).asm.memory } });
  return new Heap(backend, instance.exports as Kernels);
}
