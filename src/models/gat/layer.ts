import { InvariantError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';
import { glorot, zeros } from '../../tensor/layers/initial.js';
import type { Drop } from '../../tensor/ops/dropout.js';
import { linear } from '../../tensor/ops/linear.js';
import type { ParameterTree } from '../../tensor/parameters.js';
import { tf, type Tensor, type Tensor2D, type Tensor3D } from '../../tensor/tensorflow.js';
import type { GatConfig } from './config.js';
import type { GraphTensors } from './graph.js';

/** What a layer of graph attention reads. */
export interface GatBatch {
  /** [nodes, inputs]; several graphs are one with blocks (`joinGraphs`). */
  readonly x: Tensor2D;
  readonly graph: GraphTensors;
  /** What others take from each node, where that is not `x`: its own numbers can then be changed while those that hear of it stay, [nodes, inputs]. */
  readonly sources?: Tensor2D;
}

/** Dropout of a training step: of the numbers of the nodes that come in, and of the attention. */
export interface GatDrops {
  readonly features?: Drop | null;
  readonly attention?: Drop | null;
}

export interface GatOutput {
  /** [nodes, heads × width], or [nodes, width] for the mean of the heads. */
  readonly out: Tensor2D;
  /** Attention before dropout, which sums to one over the incoming edges of a node, [edges, heads] in the order of the graph's edges. */
  readonly attention: Tensor2D;
}

/** What stands behind the heads in both kinds of layer. */
export interface Ending extends ParameterTree {
  /** [inputs, outputs], without bias. */
  readonly residual?: { readonly weight: Tensor };
  /** [outputs]. */
  readonly bias?: Tensor;
}

export function initEnding(rng: Rng, { inputs, width, heads, join, residual, bias }: GatConfig): Ending {
  const outputs = join === 'concat' ? heads * width : width;
  return { ...(residual ? { residual: { weight: glorot(rng.fork('residual'), [inputs, outputs]) } } : {}), ...(bias ? { bias: zeros([outputs]) } : {}) };
}

/** Joins heads [nodes, heads, width] and adds residual and bias. */
export function ending({ width, heads, join }: GatConfig, { residual, bias }: Ending, x: Tensor2D, out: Tensor3D): Tensor2D {
  const whole = join === 'concat' ? tf.reshape(out, [-1, heads * width]) : tf.mean(out, 1);
  if (residual) return tf.add(whole, linear(x, residual.weight, bias ?? null));
  return (bias ? tf.add(whole, bias) : whole) as Tensor2D;
}

/** Throws `InvariantError` unless nodes and edges are as the layer was made for. */
export function requireBatch({ inputs, edgeFeatures }: GatConfig, { x, graph }: GatBatch): void {
  const width = graph.features?.shape[1] ?? 0;
  if (x.shape[0] !== graph.edges.nodes || x.shape[1] !== inputs || width !== edgeFeatures) throw new InvariantError(`expected nodes [${graph.edges.nodes}, ${inputs}] and ${edgeFeatures} features on each edge, found [${x.shape.join(', ')}] and ${width} in graph attention`);
}

/** [rows, heads, width] of [rows, heads × width]. */
export function byHead({ heads, width }: GatConfig, rows: Tensor2D): Tensor3D {
  return tf.reshape(rows, [-1, heads, width]);
}

/** Vectors of attention of each head, [heads, width]. */
export function initVectors(rng: Rng, { heads, width }: GatConfig): Tensor {
  return tf.tidy(() => tf.reshape(glorot(rng, [heads, 1, width]), [heads, width]));
}
