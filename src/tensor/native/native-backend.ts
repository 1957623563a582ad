import type { DataId, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** Name under which the backend is registered; the binding's own kernels look for it by this name. */
export const NATIVE_BACKEND = 'tensorflow';

/** An attribute of a TensorFlow operation. */
export interface OpAttribute {
  readonly name: string;
  /** One of the binding's constants `TF_ATTR_…`. */
  readonly type: number;
  readonly value: number | boolean;
}

/** What the compiled addon hands out, as far as it is used here. */
export interface NativeBinding {
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_FLOAT: number;
  /** Version of the TensorFlow library. */
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
}

/** The backend of `@tensorflow/tfjs-node`: TensorFlow's operations, run one at a time. */
export interface NativeBackend extends KernelBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  /** Runs any operation of TensorFlow by its name. */
  executeMultipleOutputs(name: string, attributes: readonly OpAttribute[], inputs: readonly TensorInfo[], outputs: number): Tensor[];
  /** Takes `int64` too, which TensorFlow.js has not: two 32-bit words a number, the lower first. */
  write(values: Int32Array, shape: number[], dtype: string): DataId;
}
