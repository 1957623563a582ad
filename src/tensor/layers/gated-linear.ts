import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { dropout, type Drop } from '../ops/dropout.js';
import { gatedNorm } from '../ops/layer-norm.js';
import { linear } from '../ops/linear.js';
import { initDense, type Dense } from './dense.js';
import { initNorm, type Norm } from './norm.js';
import type { ParameterTree } from '../parameters.js';

/** A gated linear unit (Dauphin et al. 2017): weights [inputs, 2 outputs] and biases [2 outputs], value | gate. */
export type GatedLinear = Dense;

export function initGatedLinear(rng: Rng, inputs: number, outputs: number): GatedLinear {
  const [value, gate] = [initDense(rng.fork('value'), inputs, outputs), initDense(rng.fork('gate'), inputs, outputs)];
  const joined = { weight: tf.concat([value.weight, gate.weight], 1), bias: tf.concat([value.bias, gate.bias]) };
  tf.dispose([value.weight, gate.weight, value.bias, gate.bias]);
  return joined;
}

/** (x W_v + b_v) sigmoid(x W_g + b_g), [rows, inputs] to [rows, outputs] (Lim et al. 2021, equation 5). */
export function gatedLinear({ weight, bias }: GatedLinear, x: Tensor): Tensor2D {
  const [value, gate] = tf.split(linear(x, weight, bias), 2, 1);
  return tf.mul<Tensor2D>(value, tf.sigmoid(gate));
}

/** What follows a sublayer: dropout, a gated linear unit, the residual and a layer norm. */
export interface GateAddNorm extends ParameterTree {
  readonly gate: GatedLinear;
  readonly norm: Norm;
}

export function initGateAddNorm(rng: Rng, inputs: number, outputs: number): GateAddNorm {
  return { gate: initGatedLinear(rng.fork('gate'), inputs, outputs), norm: initNorm(outputs) };
}

/** norm(skip + gate(dropout(x))), [rows, inputs] and [rows, outputs]. */
export function gateAddNorm({ gate, norm }: GateAddNorm, skip: Tensor, x: Tensor, drop: Drop | null): Tensor2D {
  return gatedNorm(skip, linear(dropout(x, drop), gate.weight, gate.bias), norm.gamma, norm.beta) as Tensor2D;
}
