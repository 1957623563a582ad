import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as tf from '@tensorflow/tfjs-core';

import { DataError, describeError, InvariantError } from '../../core/errors.js';
import { registerBlockLstm } from './block-lstm.js';
import { NATIVE_BACKEND, type NativeBackend, type NativeBinding } from './native-backend.js';
import { whyNoGpu } from './why-no-gpu.js';

/** Where `npm run native` leaves its builds: at the root of the package. */
const STORE = fileURLToPath(new URL('../../../.native/', import.meta.url));

export interface NativeOptions {
  /** Whether a GPU must be used; without it the library for the CPU is loaded. */
  readonly gpu?: boolean;
  /** Folder of the builds, one below it for each of `cpu` and `gpu`. */
  readonly store?: string;
}

/** What was loaded. */
export interface NativeTensorFlow {
  /** Name for `tf.setBackend`. */
  readonly backend: typeof NATIVE_BACKEND;
  readonly device: 'cpu' | 'gpu';
  /** Version of the TensorFlow library. */
  readonly tensorflow: string;
  /** Version of the binding and of TensorFlow.js's core. */
  readonly tfjs: string;
}

interface Stamp {
  readonly package: string;
  readonly tfjs: string;
}

let loaded: { readonly gpu: boolean; readonly result: Promise<NativeTensorFlow> } | null = null;

/**
 * Registers TensorFlow's own library as a backend of TensorFlow.js; `tf.setBackend('tensorflow')` then computes on it.
 *
 * It is loaded once a process: asking again gives the same, but the libraries for CPU and GPU do not go together.
 * @throws DataError `NO_NATIVE_BUILD` where `npm run native` has not been run, `NATIVE_VERSION` where it was run for another version of
 * TensorFlow.js, `NATIVE_LOAD` where the library does not load, `NO_GPU` where one is wanted and TensorFlow sees none
 */
export function loadNative({ gpu = false, store = STORE }: NativeOptions = {}): Promise<NativeTensorFlow> {
  if (loaded !== null && loaded.gpu !== gpu) throw new InvariantError(`expected the native TensorFlow of this process to stay the one for the ${loaded.gpu ? 'GPU' : 'CPU'}, found a call for the other`);
  loaded ??= { gpu, result: load(gpu, join(store, gpu ? 'gpu' : 'cpu')) };
  const { result } = loaded;
  // what failed may be mended while the process runs
  result.catch(() => (loaded = null));
  return result;
}

async function load(gpu: boolean, folder: string): Promise<NativeTensorFlow> {
  const stamp = await readStamp(folder, gpu);
  const require = createRequire(join(folder, 'build.json'));
  requireOneCore(require, folder);
  required(require, './quiet_start.node', folder); // before the library, which prints as it loads
  const binding = required(require, './tfjs_binding.node', folder) as NativeBinding;
  const usesGpu = binding.isUsingGpuDevice();
  if (gpu && !usesGpu) throw new DataError(`expected TensorFlow ${binding.TF_Version} to see a GPU, found none: ${whyNoGpu()}`, { code: 'NO_GPU', fields: { folder } });
  const { NodeJSKernelBackend } = required(require, `${stamp.package}/dist/nodejs_kernel_backend`, folder) as { NodeJSKernelBackend: new (binding: NativeBinding, name: string) => NativeBackend };
  required(require, `${stamp.package}/dist/register_all_kernels`, folder);
  const backend = new NodeJSKernelBackend(binding, stamp.package);
  tf.registerBackend(NATIVE_BACKEND, () => backend);
  registerBlockLstm();
  return { backend: NATIVE_BACKEND, device: usesGpu ? 'gpu' : 'cpu', tensorflow: binding.TF_Version, tfjs: stamp.tfjs };
}

async function readStamp(folder: string, gpu: boolean): Promise<Stamp> {
  const path = join(folder, 'build.json');
  const command = `npm run native${gpu ? ' -- --gpu' : ''}`;
  if (!existsSync(path)) throw new DataError(`expected a build of the native TensorFlow in "${folder}", found none; in a checkout, "${command}" makes one`, { code: 'NO_NATIVE_BUILD', fields: { folder } });
  const stamp = JSON.parse(await readFile(path, 'utf8')) as Stamp;
  if (stamp.tfjs !== tf.version_core) throw new DataError(`expected the native TensorFlow in "${folder}" to be built for @tensorflow/tfjs-core ${tf.version_core}, found ${stamp.tfjs}; "${command}" renews it`, { code: 'NATIVE_VERSION', fields: { folder } });
  return stamp;
}

/** A second core would be a second engine, whose tensors the first does not know. */
function requireOneCore(require: NodeJS.Require, folder: string): void {
  const core = required(require, '@tensorflow/tfjs', folder) as typeof tf;
  if (core.Tensor !== tf.Tensor) throw new DataError(`expected "${folder}" to share @tensorflow/tfjs-core with this process, found another copy: ${require.resolve('@tensorflow/tfjs')}`, { code: 'NATIVE_LOAD', fields: { folder } });
}

function required(require: NodeJS.Require, name: string, folder: string): unknown {
  try {
    return require(name) as unknown;
  } catch (cause) {
    throw new DataError(`expected "${name}" of the native TensorFlow in "${folder}" to load, found: ${describeError(cause).split('\n')[0]}; "npm run native -- --force" builds it anew`, { code: 'NATIVE_LOAD', fields: { folder }, cause });
  }
}
