import type { Tensor } from '@tensorflow/tfjs-core';

import { layerNorm } from '../ops/layer-norm.js';
import type { ParameterTree } from '../parameters.js';
import { ones, zeros } from './initial.js';

/** Scale and shift of a layer norm, [width]. */
export interface Norm extends ParameterTree {
  readonly gamma: Tensor;
  readonly beta: Tensor;
}

export function initNorm(width: number): Norm {
  return { gamma: ones([width]), beta: zeros([width]) };
}

/** Layer norm over the last axis. */
export function norm({ gamma, beta }: Norm, x: Tensor): Tensor {
  return layerNorm(x, gamma, beta);
}
