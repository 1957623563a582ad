import { tf, type Scalar, type Tensor, type Tensor2D } from '../../tensor/tensorflow.js';
import type { Insight } from '../forecaster.js';
import { applyFoundation, type Foundation, type FoundationBatch, type FoundationOutput } from './foundation.js';
import type { FoundationConfig } from './config.js';
import { medians } from './foundation-loss.js';
import type { SessionInput } from './session-reader.js';
import { disposeSession, sessionTensors } from './session-tensors.js';
import { mainOf, networkOf, type FoundationShape } from './shape.js';

interface Model {
  readonly shape: FoundationShape;
  readonly networks: readonly Foundation[];
}

/** Points between nothing and the features, at which gradients are taken. */
const POINTS = 8;
/** Neighbours named of each stock. */
const NAMED = 5;

interface Scoring {
  readonly config: FoundationConfig;
  readonly network: Foundation;
  readonly batch: FoundationBatch;
  readonly main: number;
}

/** Score of each node, [node]. */
function scoresOf({ config, batch, main }: Scoring, output: FoundationOutput): Tensor2D {
  return tf.slice(medians(output, config.quantiles), [0, main], [batch.sectors.shape[0], 1]);
}

/**
 * What each node's own features moved its score by, summed over the window, mean of the members, [feature, node]: integrated gradients
 * (Sundararajan, Taly, Yan 2017, equation 1) from features at the middle of all stocks to those that are, by the midpoints of 8 equal parts. What is
 * heard of the others, and of the market, is held as it is: so no node's features move another's score, and one gradient tells of all.
 */
export async function contributionsOf({ shape, networks }: Model, input: SessionInput): Promise<Float64Array> {
  const config = networkOf(shape);
  const [features, nodes, window] = [input.inputs - 1, input.rows.length, shape.settings.past];
  const moved = new Float64Array(features * nodes);
  const session = sessionTensors(input, null);
  for (const network of networks) {
    const gradient = tf.tidy(() => meanGradient({ config, network, batch: session.batch, main: mainOf(shape) }));
    const values = await gradient.data();
    gradient.dispose();
    for (let feature = 0; feature < features; feature++) {
      for (let node = 0; node < nodes; node++) {
        let sum = 0;
        for (let step = 0; step < window; step++) {
          const at = (feature * nodes + node) * window + step;
          sum += values[at] * input.past[at];
        }
        moved[feature * nodes + node] += sum / networks.length;
      }
    }
  }
  disposeSession(session);
  return moved;
}

function meanGradient(scoring: Scoring): Tensor2D {
  const { config, network, batch } = scoring;
  const { before, market } = applyFoundation(config, network, batch);
  let sum: Tensor2D = tf.zerosLike(batch.past);
  for (let point = 0; point < POINTS; point++) {
    sum = tf.tidy(() => {
      const past: Tensor2D = tf.mul(batch.past, (point + 0.5) / POINTS);
      const total = (x: Tensor2D): Scalar => tf.sum(scoresOf(scoring, applyFoundation(config, network, { ...batch, past: x }, { needsInputGradient: true, heard: { before, market } })));
      const next: Tensor2D = tf.add(sum, tf.div(tf.grad(total as never)(past) as Tensor2D, POINTS));
      return next;
    });
  }
  return sum;
}

/** What the network looked at in a session: attention over time, selection, neighbours, and what the others moved. */
export async function insightOf({ shape, networks }: Model, input: SessionInput, { length, nodeOf }: { readonly length: number; readonly nodeOf: ReadonlyMap<number, number> }): Promise<Insight> {
  const config = networkOf(shape);
  const [nodes, window, inputs] = [input.rows.length, shape.settings.past, input.inputs];
  const found = { attention: new Float64Array(nodes * window), selection: new Float64Array(nodes * inputs), heard: new Float64Array(input.graph.source.length), others: new Float64Array(nodes) };
  const session = sessionTensors(input, null);
  const { order, sources, targets } = session.batch.graph.edges;
  for (const network of networks) {
    const parts = tf.tidy(() => lookedAt({ config, network, batch: session.batch, main: mainOf(shape) }));
    const [attention, selection, others, heard] = await Promise.all(parts.map((part) => part.data()));
    add(found.attention, attention, networks.length);
    add(found.selection, selection, networks.length);
    add(found.others, others, networks.length);
    if (parts.length > 3) add(found.heard, heard, networks.length);
    tf.dispose(parts);
  }
  const [from, to] = [await sources.data(), await targets.data()];
  disposeSession(session);
  const heaviest = neighboursOf({ nodes, from, to, weights: found.heard, count: config.graphLayers > 0 ? order.length : 0 });
  const picked = (values: Float64Array, size: number): Float64Array => {
    const into = new Float64Array(length * size).fill(Number.NaN);
    for (const [sample, node] of nodeOf) into.set(values.subarray(node * size, (node + 1) * size), sample * size);
    return into;
  };
  return {
    attention: picked(found.attention, window),
    past: window,
    selection: picked(found.selection, inputs),
    neighbours: Array.from({ length }, (_, sample) => (nodeOf.has(sample) ? heaviest[nodeOf.get(sample)!].map(({ node: other, weight }) => ({ row: input.rows[other], weight })) : [])),
    fromOthers: picked(found.others, 1),
  };
}

/** Attention, selection, what the others moved and, with messages, attention over neighbours. */
function lookedAt(scoring: Scoring): Tensor[] {
  const { config, network, batch } = scoring;
  const [nodes] = batch.sectors.shape;
  const output = applyFoundation(config, network, batch);
  const nothing = { ...batch, past: tf.zerosLike(batch.past) };
  const quiet = applyFoundation(config, network, nothing);
  const alone = applyFoundation(config, network, batch, { heard: quiet }); // its own features, with nothing special to hear
  const last = output.neighbours.at(-1);
  return [
    output.attention,
    tf.mean(tf.reshape(output.selection, [nodes, config.past, config.features]), 1),
    tf.sub(scoresOf(scoring, output), scoresOf(scoring, alone)),
    ...(last ? [tf.mean(last, 1)] : []),
  ];
}

function add(into: Float64Array, values: ArrayLike<number>, members: number): void {
  for (let i = 0; i < into.length; i++) into[i] += values[i] / members;
}

function neighboursOf({ nodes, from, to, weights, count }: { readonly nodes: number; readonly from: ArrayLike<number>; readonly to: ArrayLike<number>; readonly weights: Float64Array; readonly count: number }): { node: number; weight: number }[][] {
  const all: { node: number; weight: number }[][] = Array.from({ length: nodes }, () => []);
  for (let edge = 0; edge < count; edge++) all[to[edge]].push({ node: from[edge], weight: weights[edge] });
  return all.map((heard) => heard.sort((a, b) => b.weight - a.weight || a.node - b.node).slice(0, NAMED));
}
