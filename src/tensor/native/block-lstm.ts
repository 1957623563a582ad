/**
 * A whole LSTM layer as one operation of TensorFlow, `BlockLSTMV2`, and its gradient as another, `BlockLSTMGradV2`; for the native backend only.
 *
 * A layer of T steps is two calls then instead of some 20 T. The gates of the second version lie in the order input, forget, cell, output, as
 * PyTorch has them, and no bias is added to the forget gate.
 */
import { concat, engine, getGradient, registerGradient, registerKernel, slice, squeeze, transpose, zeros, type GradFunc, type KernelFunc, type NamedTensorMap, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D, type TensorInfo } from '@tensorflow/tfjs-core';

import { NATIVE_BACKEND, type NativeBackend, type OpAttribute } from './native-backend.js';

const KERNEL = 'NativeBlockLstm';
const GRADIENT_KERNEL = 'NativeBlockLstmGrad';
/** Input gate, cell state, forget gate, output gate, cell input, squashed cell state, output; each [time, batch, hidden]. */
const OUTPUTS = 7;
const [CELL, HIDDEN] = [1, 6];
/** Gradients of x, cell, hidden, weights, three peepholes, bias. */
const GRADIENTS = 8;
const PEEPHOLES = 3;

export interface LstmInputs {
  /** [batch, time, input] */
  readonly x: Tensor3D;
  /** [input, 4 · hidden], gates in the order input, forget, cell, output */
  readonly kernel: Tensor2D;
  /** [hidden, 4 · hidden] */
  readonly recurrent: Tensor2D;
  /** [4 · hidden] */
  readonly bias: Tensor1D;
  /** Output before the first step [batch, hidden]. */
  readonly hidden: Tensor2D;
  /** Cell state before the first step [batch, hidden]. */
  readonly cell: Tensor2D;
}

export interface LstmOutputs {
  /** Output of each step [batch, time, hidden]. */
  readonly outputs: Tensor3D;
  /** Cell state after the last step [batch, hidden]. */
  readonly cell: Tensor2D;
}

/**
 * An LSTM layer on the native backend, with its gradient in all six inputs. `loadNative` must have been awaited and the backend be set.
 *
 * Source: Hochreiter and Schmidhuber (1997) with the forget gate of Gers, Schmidhuber and Cummins (2000); no peepholes, no clipping.
 */
export function blockLstm({ x, kernel, recurrent, bias, hidden, cell }: LstmInputs): LstmOutputs {
  const steps = x.shape[1];
  const weights = concat([kernel, recurrent], 0); // [input + hidden, 4 hidden]
  const inputs: NamedTensorMap = { x: transpose(x, [1, 0, 2]), cell, hidden, weights, bias };
  const results: Tensor[] = engine().runKernel(KERNEL, inputs, {});
  const last = slice(results[CELL] as Tensor3D, [steps - 1, 0, 0], [1, -1, -1]);
  return { outputs: transpose(results[HIDDEN] as Tensor3D, [1, 0, 2]), cell: squeeze(last, [0]) };
}

type Values = Readonly<Record<'x' | 'cell' | 'hidden' | 'weights' | 'bias', TensorInfo>>;

/** Inputs in TensorFlow's order; the peepholes are there but not used. */
function ordered({ x, cell, hidden, weights, bias }: Values, steps: TensorInfo, peephole: TensorInfo): TensorInfo[] {
  return [steps, x, cell, hidden, weights, ...Array.from({ length: PEEPHOLES }, () => peephole), bias];
}

/** Runs with the number of steps as the int64 that TensorFlow wants and that TensorFlow.js has no type for. */
function withSteps<T>(backend: NativeBackend, steps: number, work: (steps: TensorInfo) => T): T {
  const dataId = backend.write(new Int32Array([steps, 0]), [], 'int64');
  try {
    return work({ dataId, shape: [], dtype: 'int32' });
  } finally {
    backend.disposeData(dataId, true);
  }
}

const typeAttribute = ({ binding }: NativeBackend): OpAttribute => ({ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT });
const noPeephole = ({ binding }: NativeBackend): OpAttribute => ({ name: 'use_peephole', type: binding.TF_ATTR_BOOL, value: false });

function forward({ inputs, backend }: Parameters<KernelFunc>[0]): Tensor[] {
  const native = backend as NativeBackend;
  const values = inputs as unknown as Values;
  const peephole = zeros([values.cell.shape[1]]);
  const attributes: OpAttribute[] = [typeAttribute(native), noPeephole(native), { name: 'cell_clip', type: native.binding.TF_ATTR_FLOAT, value: 0 }];
  const results = withSteps(native, values.x.shape[0], (steps) => native.executeMultipleOutputs('BlockLSTMV2', attributes, ordered(values, steps, peephole), OUTPUTS));
  peephole.dispose();
  return results;
}

function backward({ inputs, backend }: Parameters<KernelFunc>[0]): Tensor[] {
  const native = backend as NativeBackend;
  const { cellGradient, hiddenGradient, ...rest } = inputs as unknown as Values & Readonly<Record<'cellGradient' | 'hiddenGradient', TensorInfo>>;
  const results = Array.from({ length: OUTPUTS }, (_, i) => (inputs as Readonly<Record<string, TensorInfo>>)[`output${i}`]);
  const peephole = zeros([rest.cell.shape[1]]);
  const gradients = withSteps(native, rest.x.shape[0], (steps) => {
    return native.executeMultipleOutputs('BlockLSTMGradV2', [typeAttribute(native), noPeephole(native)], [...ordered(rest, steps, peephole), ...results, cellGradient, hiddenGradient], GRADIENTS);
  });
  peephole.dispose();
  return gradients;
}

/** All gradients come from one call, made when the first is asked for. */
const gradient: GradFunc = (dy, saved) => {
  const [x, cell, hidden, weights, bias, ...results] = saved;
  const dys = dy as Tensor[];
  const named = Object.fromEntries(results.map((result, i) => [`output${i}`, result]));
  const all: Tensor[] = engine().runKernel(GRADIENT_KERNEL, { x, cell, hidden, weights, bias, ...named, cellGradient: dys[CELL], hiddenGradient: dys[HIDDEN] }, {});
  return { x: () => all[0], cell: () => all[1], hidden: () => all[2], weights: () => all[3], bias: () => all[GRADIENTS - 1] };
};

/** Makes the kernels known to TensorFlow.js, once. */
export function registerBlockLstm(): void {
  if (getGradient(KERNEL) !== undefined) return;
  registerKernel({ kernelName: KERNEL, backendName: NATIVE_BACKEND, kernelFunc: forward });
  registerKernel({ kernelName: GRADIENT_KERNEL, backendName: NATIVE_BACKEND, kernelFunc: backward });
  registerGradient({ kernelName: KERNEL, inputsToSave: ['x', 'cell', 'hidden', 'weights', 'bias'], outputsToSave: Array.from({ length: OUTPUTS }, () => true), gradFunc: gradient });
}
