// Graph attention: P. Veličković, G. Cucurull, A. Casanova, A. Romero, P. Liò, Y. Bengio (2018), ICLR.
//
// Deviations from the paper:
// - Edges may carry numbers, which enter the scores by a projection of their own (as torch_geometric has it; the paper has none).
// - Whether a node sees itself is up to the graph (`withSelfLoops`); in the paper it always does.
// - The nonlinearity behind the layer is the caller's.
// - A residual is a projection of the input before dropout; the paper adds one in one of its networks.
import type { Rng } from '../../core/rng.js';
import { glorot } from '../../tensor/layers/initial.js';
import { dropout } from '../../tensor/ops/dropout.js';
import { linear } from '../../tensor/ops/linear.js';
import { attendNeighbours } from '../../tensor/ops/neighbours.js';
import { tf, type Tensor, type Tensor2D, type Tensor3D } from '../../tensor/tensorflow.js';
import type { GatConfig } from './config.js';
import { byHead, ending, initEnding, initVectors, requireBatch, type Ending, type GatBatch, type GatDrops, type GatOutput } from './layer.js';

export interface Gat extends Ending {
  /** What nodes become, [inputs, heads × width], without bias. */
  readonly weight: Tensor;
  /** The vector a of the paper in its two halves, [heads, width]. */
  readonly source: Tensor;
  readonly target: Tensor;
  /** With edge features: their projection [features, heads × width] and vector [heads, width]. */
  readonly edge?: { readonly weight: Tensor; readonly vector: Tensor };
}

/** Parameters drawn by a stream. */
export function initGat(config: GatConfig, rng: Rng): Gat {
  const { inputs, width, heads, edgeFeatures } = config;
  return {
    weight: glorot(rng.fork('weight'), [inputs, heads * width]),
    source: initVectors(rng.fork('source'), config),
    target: initVectors(rng.fork('target'), config),
    ...(edgeFeatures > 0 ? { edge: { weight: glorot(rng.fork('edge weight'), [edgeFeatures, heads * width]), vector: initVectors(rng.fork('edge vector'), config) } } : {}),
    ...initEnding(rng, config),
  };
}

/** One layer of graph attention: score of an edge = leaky relu(a · [W source | W target]) (equations 1 to 6); pure. */
export function applyGat(config: GatConfig, params: Gat, batch: GatBatch, drops: GatDrops = {}): GatOutput {
  requireBatch(config, batch);
  const { edges, features } = batch.graph;
  const values = byHead(config, linear(dropout(batch.x, drops.features ?? null), params.weight, null)); // [node, head, width]
  let sum: Tensor = tf.add(tf.gather(along(values, params.source), edges.sources), tf.gather(along(values, params.target), edges.targets)); // [edge, head]
  if (params.edge && features) sum = tf.add(sum, linear(features, foldedEdge(config, params.edge), null));
  const { out, attention } = attendNeighbours(tf.leakyRelu(sum, config.slope), values, edges, drops.attention ?? null);
  return { out: ending(config, params, batch.x, out), attention };
}

/** Products of [rows, heads, width] with a vector for each head, [rows, heads]. */
function along(rows: Tensor3D, vectors: Tensor): Tensor2D {
  return tf.sum(tf.mul(rows, vectors), 2);
}

/** Projection and vector of the edge features as one matrix [features, heads]: nothing stands between the two. */
function foldedEdge(config: GatConfig, { weight, vector }: NonNullable<Gat['edge']>): Tensor2D {
  return along(byHead(config, weight as Tensor2D), vector);
}
