import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import type { Drop } from '../ops/dropout.js';
import { selectScalars } from '../ops/select-scalars.js';
import type { ParameterTree } from '../parameters.js';
import { gatedResidual, initGatedResidual, residualEnd, withContext, type GatedResidual } from './gated-residual.js';
import { byInputs, ones, zeros } from './initial.js';
import { initDense, type Dense } from './dense.js';

/** Gated residual networks of all variables side by side; the first axis is the variable. */
export interface EachVariable extends ParameterTree {
  readonly hidden: Dense;
  readonly out: Dense;
  readonly glu: Dense;
  readonly norm: { readonly gamma: Tensor; readonly beta: Tensor };
}

/** Embeddings x scale + shift of scalar inputs, [variables, d] both. */
export interface ScalarEmbedding extends ParameterTree {
  readonly scale: Tensor;
  readonly shift: Tensor;
}

export function initScalarEmbedding(rng: Rng, variables: number, width: number): ScalarEmbedding {
  return { scale: byInputs(rng.fork('scale'), [variables, width], 1), shift: byInputs(rng.fork('shift'), [variables, width], 1) };
}

/** Variable selection for scalar inputs: the network of the weights and the networks of the variables. */
export interface ScalarSelectionParams extends ParameterTree {
  readonly weights: GatedResidual & { readonly skip: Dense; readonly context?: { readonly weight: Tensor } };
  readonly each: EachVariable;
}

export function initScalarSelection(rng: Rng, variables: number, width: number, context: number | null): ScalarSelectionParams {
  const weights = initGatedResidual(rng.fork('weights'), { inputs: variables * width, width, outputs: variables, ...(context === null ? {} : { context }) });
  const each = rng.fork('each');
  return {
    // as wide as its output only by chance: one variable of width one
    weights: { ...weights, skip: weights.skip ?? initDense(rng.fork('skip'), variables * width, variables) },
    each: {
      hidden: initEach(each.fork('hidden'), variables, width, width),
      out: initEach(each.fork('out'), variables, width, width),
      glu: initEach(each.fork('glu'), variables, width, 2 * width),
      norm: { gamma: ones([variables, width]), beta: zeros([variables, width]) },
    },
  };
}

/** A dense layer of each variable. */
function initEach(rng: Rng, variables: number, inputs: number, outputs: number): Dense {
  return { weight: byInputs(rng.fork('weight'), [variables, inputs, outputs], inputs), bias: byInputs(rng.fork('bias'), [variables, outputs], inputs) };
}

export interface Selected {
  /** [rows, d]. */
  readonly out: Tensor2D;
  /** Selection weights, which sum to one in a row, [rows, variables]. */
  readonly weights: Tensor2D;
}

export interface SelectionInput {
  /** Told to the network of the weights, [groups, contexts]; rows share it group by group. */
  readonly context?: Tensor | null;
  readonly drops?: { readonly weights: Drop; readonly each: Drop } | null;
  /** Whether gradients by x may be asked for (explanations do). */
  readonly needsInputGradient?: boolean;
}

/**
 * Variable selection over scalars x [variables, rows] (Lim et al. 2021, equations 6 to 8). A variable's embedding is x scale + shift, so every
 * dense layer on embeddings is folded into one on x itself, once a call: exact, and d times fewer operations.
 */
export function selectVariables({ weights: network, each }: ScalarSelectionParams, embedding: ScalarEmbedding, x: Tensor2D, { context = null, drops = null, needsInputGradient = false }: SelectionInput = {}): Selected {
  const weights = selectionWeights(network, embedding, x, { context, drop: drops?.weights ?? null });
  const first = folded(embedding.scale, each.hidden.weight);
  const out = selectScalars({
    x,
    weights,
    skipScale: embedding.scale,
    skipShift: embedding.shift,
    scale: first,
    shift: tf.add(folded(embedding.shift, each.hidden.weight), each.hidden.bias),
    hidden: each.out.weight,
    hiddenBias: each.out.bias,
    gates: each.glu.weight,
    gateBias: each.glu.bias,
    gamma: each.norm.gamma,
    beta: each.norm.beta,
    drop: drops?.each ?? null,
    needsInputGradient,
  });
  return { out, weights };
}

/** [variables, outputs]: each variable's row times its own matrix [variables, d, outputs]. */
function folded(rows: Tensor, matrices: Tensor): Tensor2D {
  const [variables, d, outputs] = matrices.shape as [number, number, number];
  return tf.reshape(tf.matMul(tf.reshape<tf.Rank.R3>(rows, [variables, 1, d]), matrices), [variables, outputs]);
}

/** softmax of a gated residual network over all embeddings side by side, [rows, variables]. */
function selectionWeights(weights: ScalarSelectionParams['weights'], embedding: ScalarEmbedding, x: Tensor2D, { context, drop }: { readonly context: Tensor | null; readonly drop: Drop | null }): Tensor2D {
  const onScalars = ({ weight, bias }: Dense): Tensor2D => {
    const [variables, d] = embedding.scale.shape as [number, number];
    const matrices = tf.reshape(weight, [variables, d, bias.size]);
    const shift = tf.add(tf.sum(folded(embedding.shift, matrices), 0), bias);
    return tf.add<Tensor2D>(tf.matMul(x, folded(embedding.scale, matrices), true, false), shift);
  };
  const first = withContext(onScalars(weights.hidden), weights.context?.weight ?? null, context);
  return tf.softmax(residualEnd(weights, onScalars(weights.skip), first, drop));
}

/** Variable selection for embedded inputs, whatever made them: a network per variable of its own. */
export interface EmbeddedSelectionParams extends ParameterTree {
  readonly weights: GatedResidual & { readonly skip?: Dense; readonly context?: { readonly weight: Tensor } };
  readonly each: { readonly [variable: string]: GatedResidual };
}

export function initEmbeddedSelection(rng: Rng, variables: number, width: number, context: number | null): EmbeddedSelectionParams {
  const one = { inputs: width, width, outputs: width };
  return {
    weights: initGatedResidual(rng.fork('weights'), { inputs: variables * width, width, outputs: variables, ...(context === null ? {} : { context }) }),
    each: Object.fromEntries(Array.from({ length: variables }, (_, v) => [String(v), initGatedResidual(rng.fork(`each ${v}`), one)])),
  };
}

/** Variable selection over embeddings, each [rows, d]. */
export function selectEmbedded({ weights, each }: EmbeddedSelectionParams, embeddings: readonly Tensor2D[], { context = null, drops = null }: SelectionInput = {}): Selected {
  const chosen = tf.softmax(gatedResidual(weights, tf.concat([...embeddings], 1), { context, drop: drops?.weights ?? null }));
  // the stock gradient of split does not know that there may be one part only
  const columns = embeddings.length === 1 ? [chosen] : tf.split(chosen, embeddings.length, 1);
  const parts = embeddings.map((embedding, v) => tf.mul(gatedResidual(each[String(v)], embedding, { drop: forked(drops?.each ?? null, v) }), columns[v]));
  return { out: tf.addN(parts) as Tensor2D, weights: chosen };
}

/** Another place of dropout in the same step. */
function forked(drop: Drop | null, place: number): Drop | null {
  return drop && { ...drop, seed: (drop.seed + Math.imul(place + 1, 0x9e3779b9)) | 0 };
}
