import type { Tensor } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { lstm, type LstmOutput } from '../ops/lstm.js';
import type { ParameterTree } from '../parameters.js';
import { byInputs } from './initial.js';

/** Weights of an LSTM: w [inputs, 4 hidden], u [hidden, 4 hidden], bias [4 hidden]; gates input, forget, cell, output. */
export interface Lstm extends ParameterTree {
  readonly w: Tensor;
  readonly u: Tensor;
  readonly bias: Tensor;
}

/** Uniform within ±1 / sqrt(hidden), as PyTorch does. */
export function initLstm(rng: Rng, inputs: number, hidden: number): Lstm {
  return { w: byInputs(rng.fork('w'), [inputs, 4 * hidden], hidden), u: byInputs(rng.fork('u'), [hidden, 4 * hidden], hidden), bias: byInputs(rng.fork('bias'), [4 * hidden], hidden) };
}

/** x [batch, time, inputs] to states of each step and the last cell; starts from h0 and c0 [batch, hidden] or zeros. */
export function lstmLayer({ w, u, bias }: Lstm, x: Tensor, h0: Tensor | null = null, c0: Tensor | null = null): LstmOutput {
  return lstm({ x, w, u, bias, h0, c0 });
}
