import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import '@tensorflow/tfjs'; // the gradients of the stock operations: registered by the whole package only
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import { ConfigError } from '../core/errors.js';
import { setHeap } from './active-heap.js';
import { loadKernels } from './kernels/heap.js';
import { overrideKernels } from './kernels/overrides.js';

/** What tensors are computed on; `auto` takes the first that works of gpu (TensorFlow with CUDA) and wasm. */
export const BACKENDS = ['auto', 'wasm', 'cpu', 'tensorflow', 'gpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** Which backend was taken, and why. */
export interface BackendReport {
  readonly name: Exclude<BackendName, 'auto'>;
  /** One sentence for a person. */
  readonly reason: string;
  readonly versions: Readonly<Record<string, string>>;
}

let opened: { readonly as: BackendName; readonly report: Promise<BackendReport> } | null = null;

/**
 * Makes a backend the one that tensors are computed on. Asked again for the same it answers at once; what failed is tried again. Throws
 * `ConfigError` `NO_BACKEND` or, of TensorFlow's own library, `DataError` when it does not load.
 */
export async function openBackend(name: BackendName = 'auto'): Promise<BackendReport> {
  const before = opened;
  if (before?.as === name) {
    const report = await before.report.catch(() => null);
    if (report !== null && tf.getBackend() === engineName(report.name)) return report;
  }
  // one after the other: two at once would both set up the heap
  const report = (before?.report ?? Promise.resolve()).catch(() => null).then(() => openAnew(name));
  opened = { as: name, report };
  return report;
}

/** What TensorFlow.js calls it. */
const engineName = (name: BackendReport['name']): string => (name === 'gpu' ? 'tensorflow' : name);

async function openAnew(name: BackendName): Promise<BackendReport> {
  if (name === 'cpu') return openCpu();
  if (name === 'tensorflow' || name === 'gpu') return openNative(name);
  if (name === 'wasm') return openWasm('asked for');
  const gpu = await openNative('gpu').catch((error: unknown) => (error instanceof Error ? error.message.split('\n')[0] : String(error)));
  return typeof gpu === 'string' ? openWasm(`no GPU to use (${gpu})`) : gpu;
}

async function openCpu(): Promise<BackendReport> {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  await tf.ready();
  return { name: 'cpu', reason: 'plain JavaScript, the slow reference: asked for', versions: versions() };
}

let wasmIsReady = false;

async function openWasm(why: string): Promise<BackendReport> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  if (!wasmIsReady) setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out') + sep);
  if (!(await tf.setBackend('wasm'))) throw new ConfigError('expected the WebAssembly backend of TensorFlow.js to start, found that it does not', { code: 'NO_BACKEND' });
  await tf.ready();
  if (!wasmIsReady) {
    const heap = await loadKernels(tf.backend() as BackendWasm);
    overrideKernels(heap);
    setHeap(heap);
    wasmIsReady = true;
  }
  return { name: 'wasm', reason: `WebAssembly with own kernels: ${why}`, versions: versions() };
}

async function openNative(name: 'tensorflow' | 'gpu'): Promise<BackendReport> {
  const { loadNative } = await import('./native/load-native.js');
  const { backend, device, tensorflow, tfjs } = await loadNative({ gpu: name === 'gpu' });
  await tf.setBackend(backend);
  await tf.ready();
  return { name, reason: `TensorFlow's own library on the ${device === 'gpu' ? 'GPU' : 'CPU'}: ${name === 'gpu' ? 'one was found' : 'asked for'}`, versions: { ...versions(), tensorflow, binding: tfjs } };
}

const versions = (): Record<string, string> => ({ '@tensorflow/tfjs-core': tf.version_core });
