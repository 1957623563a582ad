import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { dropout, type Drop } from '../ops/dropout.js';
import { gatedNorm } from '../ops/layer-norm.js';
import { linear } from '../ops/linear.js';
import type { ParameterTree } from '../parameters.js';
import { dense, initDense, type Dense } from './dense.js';
import { initGatedLinear, type GatedLinear } from './gated-linear.js';
import { byInputs } from './initial.js';
import { initNorm, type Norm } from './norm.js';

/** A gated residual network (Lim et al. 2021, equations 2 to 4). */
export interface GatedResidual extends ParameterTree {
  readonly hidden: Dense;
  readonly out: Dense;
  readonly glu: GatedLinear;
  readonly norm: Norm;
}

/** One that is told a context, [contexts, width], without bias. */
export interface ContextResidual extends GatedResidual {
  readonly context: { readonly weight: Tensor };
}

/** One whose input is as wide as its output needs no projection to skip by. */
export type WithSkip<Network> = Network & { readonly skip: Dense };

/** Sizes of a gated residual network. */
export interface ResidualSizes {
  readonly inputs: number;
  readonly width: number;
  readonly outputs: number;
  /** Width of the context; absent: none. */
  readonly context?: number;
}

export function initGatedResidual(rng: Rng, { inputs, width, outputs, context }: ResidualSizes): GatedResidual & Partial<ContextResidual> & { readonly skip?: Dense } {
  return {
    hidden: initDense(rng.fork('hidden'), inputs, width),
    ...(context === undefined ? {} : { context: { weight: byInputs(rng.fork('context'), [context, width], context) } }),
    out: initDense(rng.fork('out'), width, width),
    glu: initGatedLinear(rng.fork('glu'), width, outputs),
    ...(inputs === outputs ? {} : { skip: initDense(rng.fork('skip'), inputs, outputs) }),
    norm: initNorm(outputs),
  };
}

/** Rows of x [groups × rows, inputs] share the context [groups, contexts] of their group, in turn. */
export function gatedResidual(params: GatedResidual & Partial<ContextResidual> & { readonly skip?: Dense }, x: Tensor, { context = null, drop = null }: { readonly context?: Tensor | null; readonly drop?: Drop | null } = {}): Tensor2D {
  const first = withContext(dense(params.hidden, x), params.context?.weight ?? null, context);
  return residualEnd(params, params.skip ? dense(params.skip, x) : x, first, drop);
}

/** Adds what a context says to the rows of its group. */
export function withContext(first: Tensor2D, weight: Tensor | null, context: Tensor | null): Tensor2D {
  if (weight === null || context === null) return first;
  const [rows, width] = first.shape;
  const groups = context.shape[0];
  const told = tf.reshape(linear(context, weight, null), [groups, 1, width]);
  return tf.reshape(tf.add(tf.reshape(first, [groups, rows / groups, width]), told), [rows, width]);
}

/**
 * norm(skip + glu(dropout(elu(first) out))): all behind the first dense layer. Without dropout the second dense layer and the gated linear
 * unit are one product after the other, and their weights are multiplied first: the same function, values and gradients with one pass less.
 */
export function residualEnd({ out, glu, norm }: GatedResidual, skip: Tensor, first: Tensor, drop: Drop | null): Tensor2D {
  const h = tf.elu(first);
  const isPlain = drop === null || drop.rate === 0;
  const gates = isPlain ? linear(h, tf.matMul(out.weight, glu.weight), shiftedBias(out, glu)) : linear(dropout(dense(out, h), drop), glu.weight, glu.bias);
  return gatedNorm(skip, gates, norm.gamma, norm.beta) as Tensor2D;
}

/** Bias of two dense layers in a row as one. */
function shiftedBias(out: Dense, glu: GatedLinear): Tensor {
  return tf.reshape(linear(tf.reshape(out.bias, [1, out.bias.size]), glu.weight, glu.bias), [glu.bias.size]);
}
