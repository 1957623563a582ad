// The foundation network: each stock's own past by a temporal fusion transformer (Lim et al. 2021), then the stocks of a session among each
// other by graph attention over the day's graph (GATv2: Brody, Alon, Yahav 2022), a token of the market, and heads for all horizons.
//
// All stocks of a session are one graph; several sessions in a batch are one graph with blocks. Nothing of a session reaches another.
import type { Rng } from '../../core/rng.js';
import { dense, initDense, type Dense } from '../../tensor/layers/dense.js';
import { gateAddNorm, initGateAddNorm, type GateAddNorm } from '../../tensor/layers/gated-linear.js';
import { gatedResidual, initGatedResidual, type GatedResidual } from '../../tensor/layers/gated-residual.js';
import type { Drop } from '../../tensor/ops/dropout.js';
import type { ParameterTree } from '../../tensor/parameters.js';
import { tf, type Tensor1D, type Tensor2D, type Tensor3D } from '../../tensor/tensorflow.js';
import { gatConfigSchema, type GatConfig } from '../gat/config.js';
import { applyGatv2, initGatv2, type Gatv2 } from '../gat/gatv2.js';
import type { GraphTensors } from '../gat/graph.js';
import { tftConfigSchema, type TftConfig } from '../tft/config.js';
import { encodeTft, initTftBody, type TftBody } from '../tft/tft.js';
import type { FoundationConfig } from './config.js';
import { risingQuantiles } from './rising-quantiles.js';

/** A round of message passing. */
export interface Messages extends ParameterTree {
  readonly attention: Gatv2;
  readonly after: GateAddNorm;
}

export interface Foundation extends ParameterTree {
  readonly temporal: TftBody;
  readonly graph: { readonly [layer: string]: Messages };
  /** What a stock gives to the token of its market, and what the token tells it. */
  readonly market?: { readonly give: GatedResidual; readonly take: Dense; readonly after: GateAddNorm };
  /** [width, horizons × quantiles]. */
  readonly quantiles: Dense;
  /** [width, horizons]: logarithm of the volatility over each horizon. */
  readonly volatility: Dense;
}

/** Sizes of the parts. */
export function partsOf({ features, sectors, past, width, heads, edgeFeatures, dropout }: FoundationConfig): { readonly temporal: TftConfig; readonly graph: GatConfig } {
  return {
    temporal: tftConfigSchema.parse({ statics: [sectors], observed: features, known: 0, past, future: 0, width, heads, dropout }),
    graph: gatConfigSchema.parse({ inputs: width, width: width / heads, heads, join: 'concat', edgeFeatures }),
  };
}

/** Parameters drawn by a stream. */
export function initFoundation(config: FoundationConfig, rng: Rng): Foundation {
  const { width, graphLayers, market, horizons, quantiles } = config;
  const { temporal, graph } = partsOf(config);
  const layers = Array.from({ length: graphLayers }, (_, layer) => [String(layer), { attention: initGatv2(graph, rng.fork(`graph ${layer}`)), after: initGateAddNorm(rng.fork(`after graph ${layer}`), width, width) }] as const);
  return {
    temporal: initTftBody(temporal, rng.fork('temporal')),
    graph: Object.fromEntries(layers),
    ...(market ? { market: { give: initGatedResidual(rng.fork('give'), { inputs: width, width, outputs: width }), take: initDense(rng.fork('take'), width, width), after: initGateAddNorm(rng.fork('after market'), width, width) } } : {}),
    quantiles: initDense(rng.fork('quantiles'), width, horizons.length * quantiles.length),
    volatility: initDense(rng.fork('volatility'), width, horizons.length),
  };
}

/** What the network reads: the stocks of one session or more. */
export interface FoundationBatch {
  /** Features, 0 where missing, [features, nodes × past]: node by node, time ascending. */
  readonly past: Tensor2D;
  /** Sector of each node, int32 [nodes]. */
  readonly sectors: Tensor1D;
  /** Session of each node among those of the batch, int32 [nodes]. */
  readonly sessions: Tensor1D;
  readonly sessionCount: number;
  /** Edges between nodes of the same session. */
  readonly graph: GraphTensors;
}

export interface FoundationOutput {
  /** Quantiles of the residual return, [nodes, horizons, quantiles]; they rise. */
  readonly quantiles: Tensor3D;
  /** Volatility over each horizon, [nodes, horizons]; positive. */
  readonly volatility: Tensor2D;
  /** What is thought of each stock, [nodes, width]: what twins go on from. */
  readonly embedding: Tensor2D;
  /** Token of each session's market, [sessions, width]; null without. */
  readonly market: Tensor2D | null;
  /** Attention over the own past, [nodes, past]. */
  readonly attention: Tensor2D;
  /** Selection weights of the features, [nodes × past, features]. */
  readonly selection: Tensor2D;
  /** What the nodes were before each round of messages, [nodes, width]. */
  readonly before: readonly Tensor2D[];
  /** Attention over neighbours of each layer, [edges, heads] in the order of the graph's edges. */
  readonly neighbours: readonly Tensor2D[];
}

export interface FoundationSettings {
  /** Seed of the dropout of this step; null in use. */
  readonly dropSeed?: number | null;
  /** Whether gradients by the features may be asked for (integrated gradients do). */
  readonly needsInputGradient?: boolean;
  /** What is heard of others, from another pass: then a node's forecast depends on its own features alone, the others being as they were there. */
  readonly heard?: Pick<FoundationOutput, 'before' | 'market'>;
}

/** Forecasts for all stocks of the batch; pure. */
export function applyFoundation(config: FoundationConfig, params: Foundation, batch: FoundationBatch, settings: FoundationSettings = {}): FoundationOutput {
  const own = encodeOwn(config, params, batch, settings);
  return { ...fromOwn(config, params, own.hidden, { ...batch, ...settings }), attention: own.attention, selection: own.selection };
}

/** What is made of each stock's own past, [nodes, width], with the weights of attention and selection. */
export function encodeOwn(config: FoundationConfig, params: Foundation, { past, sectors }: Pick<FoundationBatch, 'past' | 'sectors'>, { dropSeed = null, needsInputGradient = false }: FoundationSettings = {}): { readonly hidden: Tensor2D } & Pick<FoundationOutput, 'attention' | 'selection'> {
  const [nodes] = sectors.shape;
  const { hidden, attention, pastWeights } = encodeTft(partsOf(config).temporal, params.temporal, { statics: [sectors], past, future: null }, { dropSeed, needsInputGradient });
  return { hidden: tf.reshape<tf.Rank.R2>(hidden, [nodes, config.width]), attention: tf.reshape(attention, [nodes, config.past]), selection: pastWeights };
}

/** What the stocks of a session hear of each other, and what is foretold from it; `own` as of `encodeOwn`. */
export function fromOwn(config: FoundationConfig, params: Foundation, own: Tensor2D, { dropSeed = null, heard: others, ...batch }: Omit<FoundationBatch, 'past' | 'sectors'> & FoundationSettings): Omit<FoundationOutput, 'attention' | 'selection'> {
  const { horizons, quantiles, dropout, graphLayers } = config;
  const { graph } = partsOf(config);
  const drop = (place: number): Drop | null => (dropSeed === null || dropout === 0 ? null : { rate: dropout, seed: Math.imul(dropSeed ^ 0x5bd1e995, 2 * place + 1) });
  let h = own; // [node, width]
  const [neighbours, before]: [Tensor2D[], Tensor2D[]] = [[], []];
  for (let layer = 0; layer < graphLayers; layer++) {
    const { attention, after } = params.graph[String(layer)];
    before.push(h);
    const heard = applyGatv2(graph, attention, { x: h, graph: batch.graph, ...(others ? { sources: others.before[layer] } : {}) }, { attention: drop(3 * layer) });
    h = gateAddNorm(after, h, heard.out, drop(3 * layer + 1));
    neighbours.push(heard.attention);
  }
  const token = params.market ? (others?.market ?? marketOf(params.market.give, h, batch)) : null; // [session, width]
  if (params.market && token) h = gateAddNorm(params.market.after, h, dense(params.market.take, tf.gather(token, batch.sessions)), drop(1000));
  return {
    quantiles: risingQuantiles(dense(params.quantiles, h), horizons.length, quantiles.length),
    volatility: tf.exp(dense(params.volatility, h)),
    embedding: h,
    market: token,
    before,
    neighbours,
  };
}

/** Mean over the stocks of each session of what they give. */
function marketOf(give: GatedResidual, h: Tensor2D, { sessions, sessionCount }: Pick<FoundationBatch, 'sessions' | 'sessionCount'>): Tensor2D {
  const sums = tf.unsortedSegmentSum(gatedResidual(give, h), sessions, sessionCount);
  const counts = tf.unsortedSegmentSum(tf.ones([h.shape[0], 1]), sessions, sessionCount);
  return tf.div(sums, tf.maximum(counts, 1));
}
