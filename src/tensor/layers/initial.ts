import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';

const countOf = (shape: readonly number[]): number => shape.reduce((count, one) => count * one, 1);

/** Uniform within ±limit. */
export function uniform(rng: Rng, shape: readonly number[], limit: number): Tensor {
  return tf.tensor(Float32Array.from({ length: countOf(shape) }, () => limit * (2 * rng.float() - 1)), [...shape]);
}

/** Uniform with variance 2 / (inputs + outputs), the last two axes (Glorot, Bengio 2010, equation 16). */
export function glorot(rng: Rng, shape: readonly number[]): Tensor {
  const [inputs, outputs] = shape.slice(-2);
  return uniform(rng, shape, Math.sqrt(6 / (inputs + outputs)));
}

/** Uniform within ±1 / sqrt(inputs), weights and biases of a dense layer as PyTorch starts them. */
export function byInputs(rng: Rng, shape: readonly number[], inputs: number): Tensor {
  return uniform(rng, shape, 1 / Math.sqrt(inputs));
}

/** Normal with a deviation. */
export function normal(rng: Rng, shape: readonly number[], deviation: number): Tensor {
  return tf.tensor(Float32Array.from({ length: countOf(shape) }, () => deviation * rng.normal()), [...shape]);
}

export function zeros(shape: readonly number[]): Tensor {
  return tf.zeros([...shape]);
}

export function ones(shape: readonly number[]): Tensor {
  return tf.ones([...shape]);
}
