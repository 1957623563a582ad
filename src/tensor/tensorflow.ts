// the gradients of the stock operations: registered by the whole package only
import '@tensorflow/tfjs';

/** TensorFlow.js for the rest of the code: whoever needs a tensor imports it from here, so that there is one engine. */
export * as tf from '@tensorflow/tfjs-core';
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, TensorInfo, Variable } from '@tensorflow/tfjs-core';
