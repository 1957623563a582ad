import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { lstm, type LstmOutput } from '../ops/lstm.js';
import type { ParameterTree } from '../parameters.js';
import { uniform } from './initial.js';

/** Weights of an LSTM: w [inputs, 4 hidden], u [hidden, 4 hidden], bias [4 hidden]; gates input, forget, cell, output. */
export interface Lstm extends ParameterTree {
  readonly w: Tensor;
  readonly u: Tensor;
  readonly bias: Tensor;
}

/** Uniform within ±1/sqrt(hidden), as PyTorch does; the forget gate starts open by one (Jozefowicz et al. 2015). */
export function initLstm(rng: Rng, inputs: number, hidden: number): Lstm {
  const limit = 1 / Math.sqrt(hidden);
  const bias = Float32Array.from({ length: 4 * hidden }, (_, j) => (j >= hidden && j < 2 * hidden ? 1 : 0));
  return { w: uniform(rng.fork('w'), [inputs, 4 * hidden], limit), u: uniform(rng.fork('u'), [hidden, 4 * hidden], limit), bias: tf.tensor1d(bias) };
}

/** x [batch, time, inputs] to states of each step and the last cell; starts from h0 and c0 [batch, hidden] or zeros. */
export function lstmLayer({ w, u, bias }: Lstm, x: Tensor, h0: Tensor | null = null, c0: Tensor | null = null): LstmOutput {
  return lstm({ x, w, u, bias, h0, c0 });
}
