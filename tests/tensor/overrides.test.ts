import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import '@tensorflow/tfjs';
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import * as fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { createRng, type Rng } from '../../src/core/rng.js';
import { tftConfigSchema } from '../../src/models/tft/config.js';
import { applyTft, initTft } from '../../src/models/tft/tft.js';
import { activeHeap, setHeap } from '../../src/tensor/active-heap.js';
import { loadKernels, moduleOf, type Heap } from '../../src/tensor/kernels/heap.js';
import { limitHeap, overrideKernels } from '../../src/tensor/kernels/overrides.js';
import { quantileLoss } from '../../src/tensor/losses/quantile-loss.js';
import { Adam } from '../../src/tensor/optim/adam.js';
import { flatten, valueAndGradients, variables } from '../../src/tensor/parameters.js';
import { tf, type Scalar, type Tensor, type Tensor2D } from '../../src/tensor/tensorflow.js';
import { normalTensor } from './gradients.js';

/** Functions of all kernels of the wasm backend by name. */
const registered = (): Map<string, unknown> => new Map(tf.getKernelsForBackend('wasm').map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));

let stock: Map<string, unknown>;
let heap: Heap;
let restore: () => void;

// step by step what `openBackend` does, so that the kernels of before are known and can be had again
beforeAll(async () => {
  setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out') + sep);
  await tf.setBackend('wasm');
  stock = registered();
  heap = await loadKernels(tf.backend() as BackendWasm);
  restore = overrideKernels(heap);
  setHeap(heap);
});

let before = 0;
beforeEach(async () => {
  await tf.setBackend('wasm');
  before = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors, 'tensors left').toBe(before);
});

interface Case {
  readonly name: string;
  /** Kernels that are run. */
  readonly kernels: readonly string[];
  /** Draws inputs of sizes and an operation on them; `terms` normal numbers are added up in each result. */
  readonly draw: (rng: Rng) => { readonly inputs: readonly (() => Tensor)[]; readonly op: (...inputs: Tensor[]) => Tensor | Tensor[]; readonly terms?: number };
  /** Least size that errors are relative to, where each number has to be right to its last digits; absent: the largest of all. */
  readonly least?: number;
}

const floats = (rng: Rng, shape: readonly number[], scale = 1): (() => Tensor) => {
  const values = normalTensor(rng, shape, scale);
  const data = Float32Array.from(values.dataSync());
  values.dispose();
  return () => tf.tensor(data, [...shape]);
};

const ints = (rng: Rng, shape: readonly number[], least: number, most: number): (() => Tensor) => {
  const data = Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.integer(least, most));
  return () => tf.tensor(data, [...shape], 'int32');
};

/** Mostly odd, sometimes nothing. */
const lengths = (rng: Rng, rank: number, most: number, least = 0): number[] => Array.from({ length: rank }, () => (least === 0 && rng.float() < 0.05 ? 0 : rng.integer(Math.max(1, least), most)));

/** Numbers of every kind: those where functions overflow, zeros of both signs, infinities and NaN. */
const hard = (rng: Rng): (() => Tensor) => {
  const data = Float32Array.from({ length: rng.integer(1, 40) }, () => [rng.normal(), 30 * rng.normal(), 200 * rng.normal(), 1e-6 * rng.normal(), 0, -0, Infinity, -Infinity, NaN, -103.9, 1e-40][rng.integer(0, 10)])
    // exp is infinite from 88.37 on here, from 88.72 on there
    .map((x) => (x > 88.3 && x < 88.8 ? 80 : x));
  return () => tf.tensor1d(data);
};

/** A shape of some rank whose tensor is not too large. */
const shapeOf = (rng: Rng, least: number, most: number, leastLength = 0): number[] => {
  const rank = rng.integer(least, most);
  return lengths(rng, rank, [1, 70, 40, 13, 8, 5][rank], leastLength);
};

/** A tensor of any type. */
const anyType = (rng: Rng, shape: readonly number[]): (() => Tensor) => [floats(rng, shape), ints(rng, shape, -9, 9), () => tf.cast(ints(createRng(shape.length), shape, 0, 1)(), 'bool')][rng.integer(0, 2)];

/** The shape of a matrix or of its transpose, behind others. */
const matrix = (outer: readonly number[], rows: number, columns: number, isTurned: boolean): number[] => [...outer, ...(isTurned ? [columns, rows] : [rows, columns])];

const product = (rng: Rng, rank: number): { inputs: (() => Tensor)[]; turned: [boolean, boolean]; m: number; n: number; terms: number } => {
  const [m, depth, n] = lengths(rng, 3, 40);
  const turned: [boolean, boolean] = [rng.float() < 0.5, rng.float() < 0.5];
  const outer = lengths(rng, rank - 2, 4, 1);
  // one side may have a single matrix for all of the other
  const single = outer.map(() => 1);
  const [outerA, outerB] = [[outer, outer], [single, outer], [outer, single]][rng.integer(0, 2)];
  return { inputs: [floats(rng, matrix(outerA, m, depth, turned[0])), floats(rng, matrix(outerB, depth, n, turned[1]))], turned, m, n, terms: depth };
};

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;

const functionCase = (name: 'exp' | 'tanh' | 'sigmoid' | 'elu', kernel: string, least: number): Case => ({ name, kernels: [kernel], least, draw: (rng) => ({ inputs: [hard(rng)], op: (x) => tf[name](x) }) });

const CASES: readonly Case[] = [
  { name: 'products of matrices', kernels: ['BatchMatMul'], draw: (rng) => {
    const { inputs, turned, terms } = product(rng, rng.integer(2, 4));
    return { inputs, terms, op: (a, b) => tf.matMul(a, b, ...turned) };
  } },
  ...ACTIVATIONS.map((activation): Case => ({ name: `products with bias and ${activation}`, kernels: ['_FusedMatMul'], draw: (rng) => {
    const { inputs, turned, m, n, terms } = product(rng, rng.integer(2, 3));
    const bias = [floats(rng, [n]), floats(rng, [1, n]), floats(rng, [m, n])][rng.integer(0, 2)];
    const slopes = floats(rng, [n]);
    return { inputs: [...inputs, ...(rng.float() < 0.8 ? [bias] : [])], terms, op: (a, b, c) => tf.fused.matMul({ a, b, transposeA: turned[0], transposeB: turned[1], ...(c as Tensor | undefined ? { bias: c } : {}), activation, leakyreluAlpha: 0.3, ...(activation === 'prelu' ? { preluActivationWeights: slopes() } : {}) }) };
  } })),
  { name: 'sums by segment, ids outside left out', kernels: ['UnsortedSegmentSum'], draw: (rng) => {
    const [rows, ...rest] = lengths(rng, rng.integer(1, 3), 20);
    const segments = rng.integer(1, 9);
    return { inputs: [floats(rng, [rows, ...rest])], terms: rows, op: (x) => tf.unsortedSegmentSum(x, ints(rng.fork('ids'), [rows], -1, segments - 1)() as tf.Tensor1D, segments) };
  } },
  { name: 'gathered parts', kernels: ['GatherV2'], draw: (rng) => {
    const shape = shapeOf(rng, 1, 4, 1);
    const axis = rng.integer(0, shape.length - 1);
    const ids = shapeOf(rng, 0, 2);
    return { inputs: [anyType(rng, shape), ints(rng, ids, 0, shape[axis] - 1)], op: (x, indices) => tf.gather(x, indices, axis) };
  } },
  { name: 'parts gathered sample by sample', kernels: ['GatherV2'], draw: (rng) => {
    const [batch, rows, width, count] = lengths(rng, 4, 9, 1);
    return { inputs: [floats(rng, [batch, rows, width]), ints(rng, [batch, count], 0, rows - 1)], op: (x, indices) => tf.gather(x, indices, 1, 1) };
  } },
  { name: 'gradients of gathered rows', kernels: ['UnsortedSegmentSum'], draw: (rng) => {
    const [rows, width, count] = lengths(rng, 3, 20, 1);
    return { inputs: [floats(rng, [rows, width]), floats(rng, [count, width])], terms: count, op: (x, dy) => tf.grad((given: Tensor) => tf.gather(given, ints(rng.fork('ids'), [count], 0, rows - 1)()))(x, dy) };
  } },
  { name: 'convolutions', kernels: ['Conv2D', 'FusedConv2D'], draw: (rng) => {
    const [channels, filters, extent] = [rng.integer(1, 5), rng.integer(1, 5), rng.integer(1, 3)];
    const isFused = rng.float() < 0.5;
    return { inputs: [floats(rng, [2, 7, 6, channels]), floats(rng, [extent, extent, channels, filters]), floats(rng, [filters])], terms: extent * extent * channels, op: (x, filter, bias) => (isFused ? tf.fused.conv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides: 1, pad: 'same', bias, activation: 'relu' }) : tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same')) };
  } },
  { name: 'convolutions by channel', kernels: ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D'], draw: (rng) => {
    const channels = rng.integer(1, 5);
    const isFused = rng.float() < 0.5;
    return { inputs: [floats(rng, [2, 7, 6, channels]), floats(rng, [3, 3, channels, 2]), floats(rng, [2 * channels])], terms: 9, op: (x, filter, bias) => (isFused ? tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides: 1, pad: 'same', bias, activation: 'relu' }) : tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same')) };
  } },
  { name: 'leaky units with learnt slopes', kernels: ['Prelu'], draw: (rng) => {
    const shape = shapeOf(rng, 2, 4, 1);
    return { inputs: [floats(rng, shape), floats(rng, shape.slice(-1))], op: (x, alpha) => tf.prelu(x, alpha) };
  } },
  { name: 'clones', kernels: ['Identity'], draw: (rng) => ({ inputs: [anyType(rng, lengths(rng, rng.integer(0, 4), 9))], op: (x) => tf.clone(x) }) },
  { name: 'slices', kernels: ['Slice'], draw: (rng) => {
    const shape = shapeOf(rng, 1, 5, 1);
    const begin = shape.map((count) => rng.integer(0, count - 1));
    const extent = shape.map((count, axis) => (rng.float() < 0.3 ? -1 : rng.integer(1, count - begin[axis])));
    return { inputs: [anyType(rng, shape)], op: (x) => tf.slice(x, begin, extent) };
  } },
  { name: 'splits', kernels: ['SplitV'], draw: (rng) => {
    const shape = shapeOf(rng, 1, 4, 1);
    const axis = rng.integer(0, shape.length - 1);
    const parts = [rng.integer(0, shape[axis]), 0];
    parts[1] = shape[axis] - parts[0];
    return { inputs: [anyType(rng, shape)], op: (x) => tf.split(x, rng.float() < 0.3 ? shape[axis] : parts, axis) };
  } },
  { name: 'unstacked tensors', kernels: ['Unpack'], draw: (rng) => {
    const shape = shapeOf(rng, 1, 4, 1);
    const axis = rng.integer(-shape.length, shape.length - 1);
    return { inputs: [anyType(rng, shape)], op: (x) => tf.unstack(x, axis) };
  } },
  { name: 'transposes', kernels: ['Transpose'], draw: (rng) => {
    const shape = shapeOf(rng, 1, 5);
    const perm = shape.map((_, axis) => axis);
    if (rng.float() < 0.6 && shape.length > 1) perm.push(perm.pop() as number, perm.pop() as number);
    else perm.sort(() => rng.float() - 0.5);
    return { inputs: [anyType(rng, shape)], op: (x) => tf.transpose(x, perm) };
  } },
  functionCase('exp', 'Exp', 1e-30),
  functionCase('tanh', 'Tanh', 1e-30),
  functionCase('sigmoid', 'Sigmoid', 1e-30),
  functionCase('elu', 'Elu', 1),
  { name: 'gradients of elu', kernels: ['EluGrad'], draw: (rng) => {
    const shape = lengths(rng, rng.integer(1, 3), 20, 1);
    return { inputs: [floats(rng, shape, 3), floats(rng, shape)], op: (x, dy) => tf.grad((given: Tensor) => tf.elu(given))(x, dy) };
  } },
  { name: 'softmax', kernels: ['Softmax'], draw: (rng) => ({ inputs: [floats(rng, shapeOf(rng, 1, 4, 1), 10 ** rng.integer(-1, 2))], op: (x) => tf.softmax(x) }) },
  { name: 'sums', kernels: ['Sum'], draw: (rng) => {
    const shape = shapeOf(rng, 0, 4);
    const axes = shape.map((_, axis) => axis).filter(() => rng.float() < 0.5);
    const keepDims = rng.float() < 0.5;
    const isWhole = rng.float() < 0.2;
    return { inputs: [rng.float() < 0.7 ? floats(rng, shape) : ints(rng, shape, -9, 9)], terms: shape.reduce((a, b) => a * b, 1), op: (x) => tf.sum(x, isWhole ? undefined : axes.length > 0 ? axes.reverse() : undefined, keepDims) };
  } },
];

interface Values {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: Float32Array;
  /** As large as its result is likely to be before anything cancels. */
  readonly scale: number;
}

async function valuesOn(backend: 'wasm' | 'cpu', one: Case, seed: number): Promise<Values[]> {
  await tf.setBackend(backend);
  tf.engine().startScope();
  try {
    const { inputs, op, terms = 1 } = one.draw(createRng(seed));
    return [op(...inputs.map((make) => make()))].flat().map((output) => ({ shape: output.shape, dtype: output.dtype, data: Float32Array.from(output.dataSync()), scale: Math.sqrt(terms) }));
  } finally {
    tf.engine().endScope();
  }
}

describe.each(CASES)('$name', (one) => {
  it('are those of the plain backend for sizes of all kinds', async () => {
    await fc.assert(fc.asyncProperty(fc.integer(), async (seed) => {
      const [expected, found] = [await valuesOn('cpu', one, seed), await valuesOn('wasm', one, seed)];
      expect(found.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
      expect(found.map(({ dtype }) => dtype)).toEqual(expected.map(({ dtype }) => dtype));
      for (const [i, { data }] of found.entries()) {
        const other = expected[i].data;
        const largest = other.reduce((most, value) => Math.max(most, Number.isFinite(value) ? Math.abs(value) : 0), Math.max(1, expected[i].scale));
        for (const [at, value] of data.entries()) {
          if (Object.is(value, other[at]) || value === other[at]) continue;
          const scale = one.least === undefined ? largest : Math.max(one.least, Math.abs(other[at]));
          expect(Math.abs(value - other[at]) / scale, `place ${at}: ${value} where ${other[at]} is expected`).toBeLessThan(2e-6);
        }
      }
    }), { numRuns: 60 });
  });
});

describe('overridden kernels', () => {
  it('are all looked at here', () => {
    const found = [...registered()].filter(([name, run]) => stock.get(name) !== run).map(([name]) => name);
    expect([...new Set(CASES.flatMap(({ kernels }) => kernels))].sort()).toEqual(found.sort());
    expect(found.length).toBeGreaterThan(14);
  });

  it('give way to the stock ones, and come back', () => {
    const own = registered();
    const used = limitHeap(tf.memory().numBytes + 1000);
    try {
      restore();
      expect(registered()).toEqual(stock);
      for (const [name, run] of registered()) expect(run, name).toBe(stock.get(name));
      tf.tidy(() => void expect([...tf.matMul(tf.ones([2, 30]), tf.ones([30, 2])).dataSync()]).toEqual([30, 30, 30, 30]));
      // nothing guards the heap either
      tf.tidy(() => void expect(tf.zeros([1000]).dataSync()).toHaveLength(1000));
    } finally {
      limitHeap(used);
      restore = overrideKernels(heap);
    }
    expect([...registered().keys()].sort()).toEqual([...own.keys()].sort());
    expect(registered().get('BatchMatMul')).not.toBe(stock.get('BatchMatMul'));
  });

  it('say which number names no row', () => {
    const [x, ids, low] = [tf.zeros([2, 3, 4]), tf.tensor1d([0, 2, 3], 'int32'), tf.tensor1d([0, -1], 'int32')];
    expect(() => tf.gather(x, ids, 1)).toThrow(/expected numbers from 0 to 2 along axis 1 of \[2, 3, 4\], found 3 at place 2 in gather/);
    expect(() => tf.gather(x, low)).toThrow(/found -1 at place 1 in gather/);
    tf.dispose([x, ids, low]);
  });

  it('are not those of other backends', async () => {
    await tf.setBackend('cpu');
    expect(activeHeap()).toBeNull();
    expect(tf.getKernel('UnsortedSegmentSum', 'cpu')).toBeDefined();
  });
});

describe('steps in place', () => {
  const stepped = (parameters: { readonly w: Tensor2D }): void => {
    const optimizer = new Adam(parameters);
    tf.tidy(() => void optimizer.step(new Map([['w', tf.ones([3, 2])]]), 0.1));
    optimizer.dispose();
  };
  const trained = (): { readonly w: Tensor2D } => variables({ w: tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]) });

  it.each([
    { what: 'a clone', hold: (w: Tensor2D): Tensor => tf.clone(w) },
    { what: 'a reshape', hold: (w: Tensor2D): Tensor => tf.reshape(w, [6]) },
    { what: 'a cast to the same type', hold: (w: Tensor2D): Tensor => tf.cast(w, 'float32') },
    { what: 'another variable of the same values', hold: (w: Tensor2D): Tensor => tf.variable(w) },
  ])('leave $what as it was', ({ hold }) => {
    const parameters = trained();
    const held = hold(parameters.w);
    stepped(parameters);
    expect([...held.dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [i, value] of parameters.w.dataSync().entries()) expect(value).toBeCloseTo(i + 1 - 0.1, 5);
    tf.dispose([held, parameters.w]);
  });

  it.each([
    { what: 'a convolution', shape: [1, 1, 3, 2], apply: (w: Tensor): Tensor => tf.conv2d(tf.ones<tf.Rank.R4>([1, 2, 2, 3]), w as tf.Tensor4D, 1, 'same') },
    { what: 'a fused convolution', shape: [1, 1, 3, 2], apply: (w: Tensor): Tensor => tf.fused.conv2d({ x: tf.ones<tf.Rank.R4>([1, 2, 2, 3]), filter: w as tf.Tensor4D, strides: 1, pad: 'same' }) },
    { what: 'a convolution by channel', shape: [1, 1, 3, 2], apply: (w: Tensor): Tensor => tf.depthwiseConv2d(tf.ones<tf.Rank.R4>([1, 2, 2, 3]), w as tf.Tensor4D, 1, 'same') },
    { what: 'a leaky unit', shape: [6], apply: (w: Tensor): Tensor => tf.prelu(tf.fill([2, 6], -1), w) },
    { what: 'a fused product', shape: [3, 2], apply: (w: Tensor): Tensor => tf.fused.matMul({ a: tf.ones([2, 3]), b: w, activation: 'relu6' }) },
    { what: 'a fused product with a leaky unit', shape: [3, 2], apply: (w: Tensor): Tensor => tf.fused.matMul({ a: tf.fill([2, 3], -1), b: w, activation: 'prelu', preluActivationWeights: tf.ones([2]) }) },
  ])('are seen by $what that has run before', ({ shape, apply }) => {
    const parameters = variables({ w: tf.tensor([1, 2, 3, 4, 5, 6].map((value) => value / 10), shape) });
    const valuesOf = (w: () => Tensor): number[] => {
      let values: number[] = [];
      tf.tidy(() => {
        values = [...apply(w()).dataSync()];
      });
      return values;
    };
    const first = valuesOf(() => parameters.w);
    const optimizer = new Adam(parameters);
    tf.tidy(() => void optimizer.step(new Map([['w', tf.ones(shape)]]), 0.1));
    const second = valuesOf(() => parameters.w);
    const fresh = valuesOf(() => tf.tensor(parameters.w.dataSync(), shape));
    expect(second).toEqual(fresh);
    expect(second).not.toEqual(first);
    optimizer.dispose();
    parameters.w.dispose();
  });

  it('leave a variable where it lies, with nobody else on its values', () => {
    const parameters = trained();
    const address = heap.address(parameters.w);
    stepped(parameters);
    expect(heap.address(parameters.w)).toBe(address);
    const clone = tf.clone(parameters.w);
    stepped(parameters);
    clone.dispose();
    const moved = heap.address(parameters.w);
    expect(moved).not.toBe(address);
    stepped(parameters);
    expect(heap.address(parameters.w)).toBe(moved);
    expect(heap.isShared(parameters.w)).toBe(false);
    parameters.w.dispose();
  });
});

describe('a full heap', () => {
  const limited = (room: number, run: () => void): void => {
    const limit = limitHeap(tf.memory().numBytes + room);
    try {
      run();
    } finally {
      limitHeap(limit);
    }
  };
  const fullError = expect.objectContaining({ code: 'HEAP_FULL', message: expect.stringContaining('expected room for') as string }) as Error;

  it('is an error that names its room, and what fits still fits', () => {
    limited(100_000, () => {
      expect(() => tf.tidy(() => tf.zeros([200, 200]))).toThrow(fullError);
      expect(() => tf.tidy(() => tf.zeros([200, 200]))).toThrow(InvariantError);
      tf.tidy(() => void expect(tf.sum(tf.ones([100, 100])).dataSync()[0]).toBe(10_000));
    });
    tf.tidy(() => void expect(tf.sum(tf.ones([200, 200])).dataSync()[0]).toBe(40_000));
  });

  it('in the middle of a step leaves nothing behind, and the next step goes on', () => {
    const parameters = variables({ w: tf.fill<tf.Rank.R2>([50, 50], 0.1) });
    const loss = (rows: number) => (): Scalar => {
      let x: Tensor = tf.ones([rows, 50]);
      for (let layer = 0; layer < 5; layer++) x = tf.tanh(tf.matMul(x as Tensor2D, parameters.w));
      return tf.mean(x);
    };
    // the scratch of the kernels is there from the first product on
    tf.tidy(() => valueAndGradients(loss(100), parameters).value).dispose();
    const held = tf.memory();
    for (const room of [30_000, 60_000, 90_000, 120_000, 150_000, 180_000]) limited(room, () => {
      expect(() => tf.tidy(() => valueAndGradients(loss(100), parameters).value)).toThrow(fullError);
    });
    expect(tf.memory()).toEqual(expect.objectContaining({ numTensors: held.numTensors, numBytes: held.numBytes }));
    limited(200_000, () => tf.tidy(() => {
      const { value, gradients } = valueAndGradients(loss(10), parameters);
      expect(value.dataSync()[0]).toBeGreaterThan(0.9);
      expect(gradients.get('w')!.dataSync().every(Number.isFinite)).toBe(true);
    }));
    expect(tf.engine().state.gradientDepth).toBe(0);
    parameters.w.dispose();
  });
});

/** Counts what is allocated on the heap, by tensors or not. */
function watchHeap(): { held(): { readonly blocks: number; readonly bytes: number }; readonly stop: () => void } {
  const module = moduleOf(heap.backend);
  // Emscripten puts the real functions in place at their first call
  tf.zeros([1]).dispose();
  const [allocate, free] = [module._malloc, module._free];
  const blocks = new Map<number, number>();
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    blocks.set(address, bytes);
    return address;
  };
  module._free = (address) => {
    blocks.delete(address);
    free(address);
  };
  return {
    held: () => ({ blocks: blocks.size, bytes: [...blocks.values()].reduce((sum, bytes) => sum + bytes, 0) }),
    stop: () => Object.assign(module, { _malloc: allocate, _free: free }),
  };
}

describe('a thousand steps of training', () => {
  it('leave no tensor and no byte of the heap behind', () => {
    const config = tftConfigSchema.parse({ statics: [4, 3], observed: 2, known: 1, past: 4, future: 2, width: 8, heads: 2, dropout: 0.2 });
    const rng = createRng(5);
    const watch = watchHeap();
    const parameters = variables(initTft(config, rng));
    const optimizer = new Adam(parameters, { clipNorm: 1, weightDecay: 1e-3 });
    const statics = [4, 3].map((categories) => ints(rng, [8], 0, categories - 1)());
    const [past, future, target] = [[3, 8 * 4], [1, 8 * 2], [8, 2]].map((shape) => normalTensor(rng, shape) as Tensor2D);
    // every other step without dropout, for which there are other ways through the network
    const step = (i: number): void => tf.tidy(() => {
      const dropSeed = i % 2 === 0 ? i : null;
      const { value, gradients } = valueAndGradients(() => quantileLoss(applyTft(config, parameters, { statics, past, future }, { dropSeed }).quantiles, target, config.quantiles), parameters);
      losses.push(value.dataSync()[0]);
      optimizer.step(gradients, 3e-3);
    });
    const state = (): unknown => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes, held: watch.held(), memory: moduleOf(heap.backend).asm.memory.buffer.byteLength });
    const losses: number[] = [];
    for (let i = 0; i < 50; i++) step(i);
    const early = state();
    for (let i = 50; i < 1000; i++) step(i);
    expect(state()).toEqual(early);
    // it trains: one batch is learnt by heart
    expect(losses[999]).toBeLessThan(0.3 * losses[0]);
    optimizer.dispose();
    tf.dispose([...flatten(parameters).values(), ...statics, past, future, target]);
    watch.stop();
  }, 60_000);
});
