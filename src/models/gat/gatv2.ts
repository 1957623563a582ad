// Graph attention whose ranking of neighbours depends on the node that looks: S. Brody, U. Alon, E. Yahav (2022), ICLR ("GATv2").
//
// Deviations from the paper:
// - Source and target have weights and biases of their own (the paper's W in its two halves, with biases, as torch_geometric has it).
// - Edges may carry numbers, which are projected and added before the nonlinearity (as in the authors' code).
// - Whether a node sees itself is up to the graph (`withSelfLoops`); in the paper it always does.
// - The nonlinearity behind the layer is the caller's.
// - A residual is a projection of the input before dropout.
import type { Rng } from '../../core/rng.js';
import { dense, initDense, type Dense } from '../../tensor/layers/dense.js';
import { glorot } from '../../tensor/layers/initial.js';
import { dropout } from '../../tensor/ops/dropout.js';
import { edgeScores } from '../../tensor/ops/edge-scores.js';
import { linear } from '../../tensor/ops/linear.js';
import { attendNeighbours } from '../../tensor/ops/neighbours.js';
import type { Tensor } from '../../tensor/tensorflow.js';
import type { GatConfig } from './config.js';
import { byHead, ending, initEnding, initVectors, requireBatch, type Ending, type GatBatch, type GatDrops, type GatOutput } from './layer.js';

export interface Gatv2 extends Ending {
  /** What a node is to those that look at it, which is also what they take from it, [inputs, heads × width]. */
  readonly source: Dense;
  /** What a node is when it looks, [inputs, heads × width]. */
  readonly target: Dense;
  /** With edge features: [features, heads × width], without bias. */
  readonly edge?: { readonly weight: Tensor };
  /** The vector a of the paper, [heads, width]. */
  readonly vector: Tensor;
}

/** Parameters drawn by a stream. */
export function initGatv2(config: GatConfig, rng: Rng): Gatv2 {
  const { inputs, width, heads, edgeFeatures } = config;
  return {
    source: initDense(rng.fork('source'), inputs, heads * width),
    target: initDense(rng.fork('target'), inputs, heads * width),
    ...(edgeFeatures > 0 ? { edge: { weight: glorot(rng.fork('edge'), [edgeFeatures, heads * width]) } } : {}),
    vector: initVectors(rng.fork('vector'), config),
    ...initEnding(rng, config),
  };
}

/** One layer of graph attention: score of an edge = a · leaky relu(W [source | target | edge]) (equation 7); pure. */
export function applyGatv2(config: GatConfig, params: Gatv2, batch: GatBatch, drops: GatDrops = {}): GatOutput {
  requireBatch(config, batch);
  const { edges, features } = batch.graph;
  const x = dropout(batch.x, drops.features ?? null);
  const values = dense(params.source, batch.sources ? dropout(batch.sources, drops.features ?? null) : x); // [node, head × width]
  const feature = params.edge && features ? linear(features, params.edge.weight, null) : null; // [edge, head × width]
  const scores = edgeScores({ source: values, target: dense(params.target, x), feature, vector: params.vector, edges, slope: config.slope }); // [edge, head]
  const { out, attention } = attendNeighbours(scores, byHead(config, values), edges, drops.attention ?? null);
  return { out: ending(config, params, batch.x, out), attention };
}
