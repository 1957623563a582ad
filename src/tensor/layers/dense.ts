import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { linear } from '../ops/linear.js';
import type { ParameterTree } from '../parameters.js';
import { byInputs } from './initial.js';

/** Weights [inputs, outputs] and biases [outputs]. */
export interface Dense extends ParameterTree {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** Weights and biases within ±1 / sqrt(inputs). */
export function initDense(rng: Rng, inputs: number, outputs: number): Dense {
  return { weight: byInputs(rng.fork('weight'), [inputs, outputs], inputs), bias: byInputs(rng.fork('bias'), [outputs], inputs) };
}

/** x weight + bias, [rows, inputs] to [rows, outputs]. */
export function dense({ weight, bias }: Dense, x: Tensor): Tensor2D {
  return linear(x, weight, bias);
}
