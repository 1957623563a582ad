import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';

import type { Rng } from '../../core/rng.js';
import { linear } from '../ops/linear.js';
import type { ParameterTree } from '../parameters.js';
import { dense, initDense, type Dense } from './dense.js';
import { byInputs } from './initial.js';

/** Interpretable multi-head attention: queries and keys [d, heads × k] of each head, values [d, k] that all heads share, output [k, d] without bias. */
export interface Attention extends ParameterTree {
  readonly query: Dense;
  readonly key: Dense;
  readonly value: Dense;
  readonly out: { readonly weight: Tensor };
}

export function initAttention(rng: Rng, width: number, heads: number): Attention {
  const k = width / heads;
  tf.util.assert(Number.isInteger(k), () => `expected a width that is a multiple of the heads, found ${width} and ${heads}`);
  return { query: initDense(rng.fork('query'), width, width), key: initDense(rng.fork('key'), width, width), value: initDense(rng.fork('value'), width, k), out: { weight: byInputs(rng.fork('out'), [k, width], k) } };
}

export interface Attending {
  /** [batch, queries, d]. */
  readonly out: Tensor3D;
  /** Mean of the heads, [batch, queries, positions]. */
  readonly weights: Tensor3D;
}

export interface AttentionSettings {
  readonly heads: number;
  /** Position of the first query; query i sees the positions up to its own. */
  readonly first: number;
}

/**
 * Attention of the positions from `first` on over x [batch, positions, d] (Lim et al. 2021, equations 13 to 16): each position sees itself
 * and those before it. As heads share their values, their weights are averaged first.
 *
 * With few queries the keys are never made: q · (W x + b) = (q W) · x + q · b, and the last term is the same for all positions, which a
 * softmax does not see.
 */
export function attention(params: Attention, x: Tensor3D, { heads, first }: AttentionSettings): Attending {
  const [batch, positions, d] = x.shape;
  const queries = positions - first;
  const k = d / heads;
  const last = tf.reshape(tf.slice(x, [0, first, 0], [batch, queries, d]), [batch * queries, d]);
  const q = tf.transpose(tf.reshape(tf.mul(dense(params.query, last), 1 / Math.sqrt(k)), [batch, queries, heads, k]), [2, 0, 1, 3]); // [head, batch, query, k]
  const isFolded = queries * heads * (d - k) < d * d;
  const scores = isFolded ? foldedScores(params, q, x, heads) : keyScores(params, q, x, heads); // [batch, head, query, position]
  const weights = tf.mean<Tensor3D>(tf.softmax(first === positions - 1 ? scores : tf.add(scores, causalMask(queries, positions, first))), 1);
  const seen = tf.reshape(tf.matMul(weights, x), [batch * queries, d]);
  // weights of a query sum to one, so the bias of the values passes through
  const value = linear(seen, params.value.weight, params.value.bias);
  return { out: tf.reshape(linear(value, params.out.weight, null), [batch, queries, d]), weights };
}

function foldedScores({ key }: Attention, q: Tensor, x: Tensor3D, heads: number): Tensor {
  const [, batch, queries, k] = q.shape as [number, number, number, number];
  const [, positions, d] = x.shape;
  const turned = tf.transpose(tf.reshape(key.weight, [d, heads, k]), [1, 2, 0]); // [head, k, d]
  const folded = tf.matMul(tf.reshape<tf.Rank.R3>(q, [heads, batch * queries, k]), turned); // [head, batch × query, d]
  const rows = tf.reshape(tf.transpose(tf.reshape(folded, [heads, batch, queries, d]), [1, 0, 2, 3]), [batch, heads * queries, d]);
  return tf.reshape(tf.matMul(rows as Tensor3D, x, false, true), [batch, heads, queries, positions]);
}

function keyScores({ key }: Attention, q: Tensor, x: Tensor3D, heads: number): Tensor {
  const [, batch, queries, k] = q.shape as [number, number, number, number];
  const [, positions, d] = x.shape;
  const keys = tf.transpose(tf.reshape(dense(key, tf.reshape<tf.Rank.R2>(x, [batch * positions, d])), [batch, positions, heads, k]), [0, 2, 1, 3]);
  const own = tf.reshape(tf.transpose(q, [1, 0, 2, 3]), [batch * heads, queries, k]);
  return tf.reshape(tf.matMul(own as Tensor3D, tf.reshape(keys, [batch * heads, positions, k]), false, true), [batch, heads, queries, positions]);
}

/** [queries, positions]: 0 where a query may look, else far below every score. */
function causalMask(queries: number, positions: number, first: number): Tensor {
  const mask = new Float32Array(queries * positions);
  for (let i = 0; i < queries; i++) mask.fill(-1e9, i * positions + first + i + 1, (i + 1) * positions);
  return tf.tensor2d(mask, [queries, positions]);
}
