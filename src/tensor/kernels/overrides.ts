import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { moduleOf, type Heap } from './heap.js';
import { sliced } from './slice.js';

/**
 * Stock kernels of the wasm backend that are replaced, all of them here and once: transposed and batched products (stock: a scalar loop),
 * copies that need not be (identity), slices and gathered rows by memory moves, sums over leading axes, exp, tanh, sigmoid, elu, softmax,
 * transposes of the last two axes; `UnsortedSegmentSum` (the gradient of gather) has no stock kernel. Kernels that keep packed weights are given
 * a copy, as weights are updated in place here. An allocation that fails throws, where the stock backend would write to address 0. Call the
 * answer to have the stock kernels again.
 */
export function overrideKernels(heap: Heap): () => void {
  const undo: (() => void)[] = [];
  const replace = (kernelName: string, make: (stock: KernelFunc | null) => KernelFunc): void => {
    const stock = tf.getKernel(kernelName, 'wasm') as KernelConfig | undefined;
    if (stock) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc: make(stock?.kernelFunc ?? null) });
    undo.push(() => {
      tf.unregisterKernel(kernelName, 'wasm');
      if (stock) tf.registerKernel(stock);
    });
  };
  undo.push(guardAllocation(heap));
  replaceProducts(heap, replace);
  replaceMoves(heap, replace);
  replaceFunctions(heap, replace);
  replaceReductions(heap, replace);
  replacePacked(heap, replace);
  return () => {
    for (const restore of undo.reverse()) restore();
  };
}

type Replace = (kernelName: string, make: (stock: KernelFunc | null) => KernelFunc) => void;

/** Bytes that tensors may take; an allocation beyond throws before anything is written. WebAssembly ends at 4 GB. */
let limitBytes = 4 * 2 ** 30 - 2 ** 16;

/** Sets how many bytes tensors may take and answers the limit before. */
export function limitHeap(bytes: number): number {
  const before = limitBytes;
  limitBytes = bytes;
  return before;
}

function guardAllocation(heap: Heap): () => void {
  const module = moduleOf(heap.backend);
  const stock = module._malloc.bind(module);
  module._malloc = (bytes) => {
    const held = tf.memory().numBytes;
    const address = held + bytes > limitBytes ? 0 : stock(bytes);
    if (address === 0 && bytes > 0) throw new InvariantError(`expected room for ${bytes} bytes on the heap of TensorFlow.js, found ${held} bytes in tensors and a limit of ${limitBytes}: use a smaller batch, or accumulate gradients over several`, { code: 'HEAP_FULL' });
    return address >>> 0;
  };
  return () => {
    module._malloc = stock;
  };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, count) => size * count, 1);

/** Inputs of a kernel by name; TensorFlow.js types them as possibly lists. */
const inputsOf = (inputs: unknown): Record<string, TensorInfo> => inputs as Record<string, TensorInfo>;

function replaceProducts(heap: Heap, replace: Replace): void {
  const multiply = (a: TensorInfo, b: TensorInfo, attrs: NamedAttrMap | undefined): TensorInfo => product(heap, { a, b, isTurnedA: attrs?.['transposeA'] === true, isTurnedB: attrs?.['transposeB'] === true });
  replace('BatchMatMul', () => ({ inputs, attrs }) => multiply(inputsOf(inputs)['a'], inputsOf(inputs)['b'], attrs));
  replace('_FusedMatMul', () => (call) => {
    const { a, b, bias } = inputsOf(call.inputs);
    const attrs = call.attrs ?? {};
    const isPlain = a.shape.length === 2 && b.shape.length === 2 && attrs['transposeA'] !== true && attrs['transposeB'] !== true && attrs['activation'] === 'linear' && (bias as TensorInfo | undefined)?.shape.length === 1;
    return isPlain ? linearOf(heap, a, b, bias) : unfused(heap, call);
  });
  replace('UnsortedSegmentSum', () => ({ inputs, attrs }) => {
    const { x, segmentIds } = inputsOf(inputs);
    if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32') throw new InvariantError(`expected single precision by int32 segments, found ${x.dtype} by ${segmentIds.dtype} in UnsortedSegmentSum on wasm`);
    const segments = attrs?.['numSegments'] as number;
    const out = heap.backend.makeOutput([segments, ...x.shape.slice(segmentIds.shape.length)], 'float32');
    const rows = sizeOf(segmentIds.shape);
    heap.kernels.segmentSum(heap.address(x), heap.address(segmentIds), heap.address(out), rows, sizeOf(x.shape.slice(segmentIds.shape.length)), segments);
    return out;
  });
}

const ACTIVATIONS: Readonly<Record<string, string>> = { relu: 'Relu', relu6: 'Relu6', elu: 'Elu', sigmoid: 'Sigmoid', leakyrelu: 'LeakyRelu', prelu: 'Prelu' };

/** The stock kernel keeps packed weights by tensor, which go stale when a parameter is updated in place: product, bias and activation one by one. */
function unfused(heap: Heap, call: Parameters<KernelFunc>[0]): TensorInfo | TensorInfo[] {
  const { a, b, bias, preluActivationWeights } = inputsOf(call.inputs);
  const attrs = call.attrs ?? {};
  const kept: TensorInfo[] = [product(heap, { a, b, isTurnedA: attrs['transposeA'] === true, isTurnedB: attrs['transposeB'] === true })];
  const run = (name: string, inputs: Record<string, TensorInfo>, more: NamedAttrMap = {}): void => {
    const kernel = tf.getKernel(name, 'wasm');
    if (!kernel) throw new InvariantError(`expected a kernel ${name} on wasm for a fused product, found none`);
    kept.push(kernel.kernelFunc({ inputs, backend: heap.backend, attrs: more }) as TensorInfo);
  };
  if (bias as TensorInfo | undefined) run('Add', { a: kept[0], b: bias });
  const activation = attrs['activation'] as string;
  const x = kept[kept.length - 1];
  if (activation !== 'linear' && sizeOf(x.shape) > 0) run(ACTIVATIONS[activation] ?? activation, activation === 'prelu' ? { x, alpha: preluActivationWeights } : { x }, activation === 'leakyrelu' ? { alpha: attrs['leakyreluAlpha'] ?? 0.2 } : {});
  for (const one of kept.slice(0, -1)) heap.backend.disposeData(one.dataId);
  return kept[kept.length - 1];
}

function linearOf(heap: Heap, x: TensorInfo, w: TensorInfo, bias: TensorInfo): TensorInfo {
  const out = heap.backend.makeOutput([x.shape[0], w.shape[1]], 'float32');
  const scratch = heap.scratch(heap.kernels.PRODUCT_SCRATCH.value);
  heap.kernels.linear(heap.address(x), heap.address(w), heap.address(bias), heap.address(out), x.shape[0], w.shape[0], w.shape[1], scratch);
  return out;
}

interface Product {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  readonly isTurnedA: boolean;
  readonly isTurnedB: boolean;
}

function product(heap: Heap, { a, b, isTurnedA, isTurnedB }: Product): TensorInfo {
  const [ra, rb] = [a.shape.length, b.shape.length];
  const [m, depth, depthB, n] = [a.shape[isTurnedA ? ra - 1 : ra - 2], a.shape[isTurnedA ? ra - 2 : ra - 1], b.shape[isTurnedB ? rb - 1 : rb - 2], b.shape[isTurnedB ? rb - 2 : rb - 1]];
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [batchesA, batchesB] = [sizeOf(outerA), sizeOf(outerB)];
  const isBroadcast = batchesA === 1 || batchesB === 1 || (batchesA === batchesB && outerA.length === outerB.length && outerA.every((count, i) => count === outerB[i]));
  if (!isBroadcast || depth !== depthB || a.dtype !== 'float32' || b.dtype !== 'float32') throw new InvariantError(`expected single precision matrices that fit, batches equal or one, found ${a.dtype} [${a.shape.join(', ')}]${isTurnedA ? ' transposed' : ''} and ${b.dtype} [${b.shape.join(', ')}]${isTurnedB ? ' transposed' : ''} in a product on wasm`);
  const batches = Math.max(batchesA, batchesB) * (batchesA * batchesB === 0 ? 0 : 1);
  const outer = batchesA === batchesB ? (ra >= rb ? outerA : outerB) : batchesA > batchesB ? outerA : outerB;
  const out = heap.backend.makeOutput([...outer, m, n], 'float32');
  const scratch = heap.scratch(heap.kernels.PRODUCT_SCRATCH.value);
  const [x, y, z] = [heap.address(a), heap.address(b), heap.address(out)];
  // one matrix on the right for all on the left is a single, taller product
  if (batches > 1 && batchesB === 1 && !isTurnedA) heap.kernels.batchMatMul(x, y, z, 1, 1, 1, m * batches, n, depth, 0, Number(isTurnedB), scratch);
  else heap.kernels.batchMatMul(x, y, z, batchesA, batchesB, batches, m, n, depth, Number(isTurnedA), Number(isTurnedB), scratch);
  return out;
}

function replaceMoves(heap: Heap, replace: Replace): void {
  replace('Identity', () => ({ inputs }) => {
    const { x } = inputsOf(inputs);
    heap.backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
  replace('Slice', (stock) => (call) => {
    const { x } = inputsOf(call.inputs);
    if (x.dtype === 'string' && stock) return stock(call);
    const [begin, size] = tf.slice_util.parseSliceParams(x, call.attrs?.['begin'] as number[], call.attrs?.['size'] as number[]);
    return sliced(heap, x, begin, size);
  });
  replace('SplitV', (stock) => (call) => {
    const { x } = inputsOf(call.inputs);
    if (x.dtype === 'string' && stock) return stock(call);
    const axis = tf.util.parseAxisParam(call.attrs?.['axis'] as number, x.shape)[0];
    const begin = x.shape.map(() => 0);
    return tf.backend_util.prepareSplitSize(x as tf.Tensor, call.attrs?.['numOrSizeSplits'] as number[] | number, axis).map((count) => {
      const part = sliced(heap, x, begin, x.shape.map((whole, i) => (i === axis ? count : whole)));
      begin[axis] += count;
      return part;
    });
  });
  replace('Unpack', (stock) => (call) => {
    const { value } = inputsOf(call.inputs);
    if (value.dtype === 'string' && stock) return stock(call);
    const axis = tf.util.parseAxisParam(call.attrs?.['axis'] as number, value.shape)[0];
    const shape = value.shape.filter((_, i) => i !== axis);
    return Array.from({ length: value.shape[axis] }, (_, at) => ({ ...sliced(heap, value, value.shape.map((_count, i) => (i === axis ? at : 0)), value.shape.map((count, i) => (i === axis ? 1 : count))), shape }));
  });
  replace('GatherV2', (stock) => (call) => {
    const { x, indices } = inputsOf(call.inputs);
    if (stock && (x.dtype === 'bool' || x.dtype === 'string' || indices.dtype !== 'int32')) return stock(call);
    return gathered(heap, { x, indices, axis: tf.util.parseAxisParam(call.attrs?.['axis'] as number, x.shape)[0], batchDims: (call.attrs?.['batchDims'] as number | undefined) ?? 0 });
  });
  replace('Transpose', (stock) => (call) => {
    const { x } = inputsOf(call.inputs);
    const perm = call.attrs?.['perm'] as number[];
    const rank = x.shape.length;
    const isLast = rank >= 2 && x.dtype === 'float32' && perm.every((axis, i) => axis === (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2));
    // the stock kernel divides by the size
    if (!isLast && sizeOf(x.shape) > 0) return (stock as KernelFunc)(call);
    const out = heap.backend.makeOutput(perm.map((axis) => x.shape[axis]), x.dtype);
    if (isLast) heap.kernels.transposeLast(heap.address(x), heap.address(out), sizeOf(x.shape.slice(0, -2)), x.shape[rank - 2], x.shape[rank - 1]);
    return out;
  });
}

interface Gather {
  readonly x: TensorInfo;
  readonly indices: TensorInfo;
  readonly axis: number;
  /** Leading axes that both have, each part with numbers of its own. */
  readonly batchDims: number;
}

function gathered(heap: Heap, { x, indices, axis, batchDims }: Gather): TensorInfo {
  const [batches, outer, inner] = [sizeOf(x.shape.slice(0, batchDims)), sizeOf(x.shape.slice(batchDims, axis)), sizeOf(x.shape.slice(axis + 1))];
  const [rows, count] = [x.shape[axis], sizeOf(indices.shape.slice(batchDims))];
  const out = heap.backend.makeOutput([...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...x.shape.slice(axis + 1)], x.dtype);
  for (let batch = 0; batch < batches; batch++) {
    const [from, ids, to] = [heap.address(x) + 4 * batch * outer * rows * inner, heap.address(indices) + 4 * batch * count, heap.address(out) + 4 * batch * outer * count * inner];
    const wrong = heap.kernels.gatherRows(from, ids, to, outer, rows, count, inner);
    if (wrong < 0) continue;
    heap.backend.disposeData(out.dataId);
    throw new InvariantError(`expected numbers from 0 to ${rows - 1} along axis ${axis} of [${x.shape.join(', ')}], found ${heap.ints[(ids >>> 2) + wrong]} at place ${batch * count + wrong} in gather`);
  }
  return out;
}

function replaceFunctions(heap: Heap, replace: Replace): void {
  for (const [name, kernel] of [['Exp', 'exp'], ['Tanh', 'tanh'], ['Sigmoid', 'sigmoid'], ['Elu', 'elu']] as const) {
    replace(name, (stock) => (call) => {
      const { x } = inputsOf(call.inputs);
      if (x.dtype !== 'float32' && stock) return stock(call);
      const out = heap.backend.makeOutput(x.shape, 'float32');
      heap.kernels[kernel](heap.address(x), heap.address(out), sizeOf(x.shape));
      return out;
    });
  }
  replace('EluGrad', () => ({ inputs }) => {
    const { dy, y } = inputsOf(inputs);
    const out = heap.backend.makeOutput(y.shape, 'float32');
    heap.kernels.eluGradient(heap.address(dy), heap.address(y), heap.address(out), sizeOf(y.shape));
    return out;
  });
  replace('Softmax', (stock) => (call) => {
    const { logits } = inputsOf(call.inputs);
    const width = logits.shape[logits.shape.length - 1];
    const dim = call.attrs?.['dim'] as number;
    if (stock && dim !== logits.shape.length - 1 && dim !== -1) return stock(call);
    const out = heap.backend.makeOutput(logits.shape, 'float32');
    if (width > 0) heap.kernels.softmax(heap.address(logits), heap.address(out), sizeOf(logits.shape) / width, width);
    return out;
  });
}

function replaceReductions(heap: Heap, replace: Replace): void {
  replace('Sum', (stock) => (call) => {
    const { x } = inputsOf(call.inputs);
    const axes = tf.util.parseAxisParam(call.attrs?.['axis'] as number[], x.shape).sort((a, b) => a - b);
    const isRun = axes.length > 0 && axes.every((axis, i) => axis === axes[0] + i);
    if (axes.length > 0 && sizeOf(x.shape) === 0) return emptySum(heap, x, axes, call.attrs?.['keepDims'] === true);
    if (!isRun || x.dtype !== 'float32') return (stock as KernelFunc)(call);
    const [first, after] = [axes[0], axes[axes.length - 1] + 1];
    const [outer, inner] = [x.shape.slice(0, first), x.shape.slice(after)];
    const out = heap.backend.makeOutput([...outer, ...inner], 'float32');
    heap.kernels.sumMiddle(heap.address(x), heap.address(out), sizeOf(outer), sizeOf(x.shape.slice(first, after)), sizeOf(inner));
    return call.attrs?.['keepDims'] === true ? { ...out, shape: x.shape.map((count, i) => (i >= first && i < after ? 1 : count)) } : out;
  });
}

/** Zeros, where the stock kernel would leave what stood there. */
function emptySum(heap: Heap, x: TensorInfo, axes: readonly number[], keepDims: boolean): TensorInfo {
  const shape = keepDims ? x.shape.map((count, axis) => (axes.includes(axis) ? 1 : count)) : x.shape.filter((_, axis) => !axes.includes(axis));
  const out = heap.backend.makeOutput(shape, x.dtype === 'float32' ? 'float32' : 'int32');
  const start = heap.address(out) >>> 2;
  heap.ints.fill(0, start, start + sizeOf(shape));
  return out;
}

/** Stock kernels that pack weights once for a tensor and find them again by it, by the name of that input. */
const PACKED = { Conv2D: 'filter', FusedConv2D: 'filter', DepthwiseConv2dNative: 'filter', FusedDepthwiseConv2D: 'filter', Prelu: 'alpha' } as const;

function replacePacked(heap: Heap, replace: Replace): void {
  for (const [name, weights] of Object.entries(PACKED)) {
    replace(name, (stock) => (call) => {
      const copy = heap.copy(inputsOf(call.inputs)[weights]);
      try {
        return (stock as KernelFunc)({ ...call, inputs: { ...call.inputs, [weights]: copy } });
      } finally {
        copy.dispose();
      }
    });
  }
}
