import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { linear } from '../ops/linear.js';
import type { ParameterTree } from '../parameters.js';
import { glorot, zeros } from './initial.js';

/** Weights [inputs, outputs] and biases [outputs]. */
export interface Dense extends ParameterTree {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function initDense(rng: Rng, inputs: number, outputs: number): Dense {
  return { weight: glorot(rng.fork('weight'), [inputs, outputs]), bias: zeros([outputs]) };
}

/** x weight + bias, [rows, inputs] to [rows, outputs]. */
export function dense({ weight, bias }: Dense, x: Tensor): Tensor2D {
  return linear(x, weight, bias);
}
