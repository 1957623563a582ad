import * as fc from 'fast-check';
import { expect } from 'vitest';

import { createRng, type Rng } from '../../src/core/rng.js';
import { withoutKernels } from '../../src/tensor/active-heap.js';
import { tf, type Scalar, type Tensor } from '../../src/tensor/tensorflow.js';

/** A tensor of normal numbers. */
export function normalTensor(rng: Rng, shape: readonly number[], scale = 1): Tensor {
  return tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * rng.normal()), [...shape]);
}

/** Results of a function and the gradients, by each input, of the sum of its results times fixed random numbers. */
export interface Evaluated {
  readonly outputs: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
}

export type Op = (...inputs: Tensor[]) => readonly Tensor[];

export function evaluate(op: Op, inputs: readonly Tensor[], rng: Rng): Evaluated {
  return tf.tidy(() => {
    const outputs = op(...inputs);
    const probes = outputs.map((output, i) => normalTensor(rng.fork(`probe ${i}`), output.shape));
    const total = (): Scalar => op(...inputs).map((output, i) => tf.sum(tf.mul(output, probes[i]))).reduce((a, b) => tf.add(a, b)) as Scalar;
    const { grads } = tf.engine().gradients(total, [...inputs]);
    return { outputs: outputs.map((one) => one.dataSync() as Float32Array), gradients: grads.map((one) => one.dataSync() as Float32Array) };
  });
}

/** Largest difference, relative to the largest value or, where all are smaller, to a floor. */
export function difference(a: Float32Array, b: Float32Array, floor = 0.1): number {
  expect(a.length).toBe(b.length);
  let [most, scale] = [0, floor];
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Number.isNaN(a[i]) !== Number.isNaN(b[i]) ? Infinity : Math.abs(a[i] - b[i]) || 0);
    scale = Math.max(scale, Math.abs(b[i]) || 0);
  }
  return most / scale;
}

/** Expects kernels and plain composition to give the same results and gradients. */
export function expectSame(op: Op, inputs: readonly Tensor[], seed: number, tolerance = 1e-5): void {
  const rng = createRng(seed);
  const own = evaluate(op, inputs, rng);
  const plain = withoutKernels(() => evaluate(op, inputs, rng));
  for (const [i, output] of own.outputs.entries()) expect(difference(output, plain.outputs[i]), `output ${i}`).toBeLessThan(tolerance);
  for (const [i, gradient] of own.gradients.entries()) expect(difference(gradient, plain.gradients[i]), `gradient ${i}`).toBeLessThan(tolerance);
}

/** Expects gradients to be the slope along a random direction, by central differences of step 0.02. */
export function expectSlopes(op: Op, inputs: readonly Tensor[], seed: number, tolerance = 0.01): void {
  const rng = createRng(seed);
  const { outputs, gradients } = evaluate(op, inputs, rng);
  const probes = outputs.map((output, i) => normalTensor(rng.fork(`probe ${i}`), op(...inputs)[i].shape).dataSync().slice(0, output.length));
  for (const [i, input] of inputs.entries()) {
    const direction = normalTensor(rng.fork(`direction ${i}`), input.shape);
    const step = 0.02 / Math.sqrt(input.size);
    const value = (by: number): number => tf.tidy(() => {
      const moved = inputs.map((one, j) => (j === i ? tf.add(one, tf.mul(direction, by)) : one));
      return op(...moved).reduce((sum, output, j) => sum + (output.dataSync() as Float32Array).reduce((part, v, k) => part + v * probes[j][k], 0), 0);
    });
    const difference = (by: number): number => (value(by) - value(-by)) / (2 * by);
    // Richardson: what strong curvature adds to a difference falls with the square of its step
    const slope = (4 * difference(step / 2) - difference(step)) / 3;
    const along = (direction.dataSync() as Float32Array).reduce((sum, v, k) => sum + v * gradients[i][k], 0);
    const scale = Math.sqrt(gradients[i].reduce((sum, g) => sum + g * g, 0)) + 1;
    expect(Math.abs(slope - along) / scale, `slope of input ${i}: ${slope} by differences, ${along} by the gradient`).toBeLessThan(tolerance);
  }
}

/** Sizes that are not multiples of the vector and tile widths more often than not. */
export const size = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
