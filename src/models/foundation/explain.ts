import { tf, type Tensor, type Tensor2D } from '../../tensor/tensorflow.js';
import type { Insight } from '../forecaster.js';
import { applyFoundation, encodeOwn, fromOwn, type Foundation, type FoundationBatch, type FoundationOutput } from './foundation.js';
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
function scoresOf({ config, batch, main }: Scoring, output: Pick<FoundationOutput, 'quantiles'>): Tensor2D {
  return tf.slice(medians(output, config.quantiles), [0, main], [batch.sectors.shape[0], 1]);
}

/**
 * What the own features of some nodes moved their scores by, summed over the window, mean of the members, [feature, told]: integrated gradients
 * (Sundararajan, Taly, Yan 2017, equation 1) from features at the middle of all stocks to those that are, by the midpoints of 8 equal parts. What is
 * heard of the others, and of the market, is held as it is: so no node's features move another's score, and one gradient tells of all.
 *
 * @param told nodes that are told of, ascending
 */
export async function contributionsOf({ shape, networks }: Model, input: SessionInput, told: Int32Array): Promise<Float64Array> {
  const config = networkOf(shape);
  const [features, nodes, window] = [input.inputs - 1, input.rows.length, shape.settings.past];
  const moved = new Float64Array(features * told.length);
  const session = sessionTensors(input, null);
  for (const network of networks) {
    const gradient = tf.tidy(() => meanGradient({ config, network, batch: session.batch, main: mainOf(shape) }, told));
    const values = await gradient.data(); // [feature, told × step]
    gradient.dispose();
    for (let feature = 0; feature < features; feature++) {
      for (let at = 0; at < told.length; at++) {
        let sum = 0;
        for (let step = 0; step < window; step++) sum += values[(feature * told.length + at) * window + step] * input.past[(feature * nodes + told[at]) * window + step];
        moved[feature * told.length + at] += sum / networks.length;
      }
    }
  }
  disposeSession(session);
  return moved;
}

/** Mean gradient of the scores of some nodes by their own features, [feature, told × step]; the rest of the network is computed once. */
function meanGradient(scoring: Scoring, told: Int32Array): Tensor2D {
  const { config, network, batch } = scoring;
  const [inputs, nodes] = [batch.past.shape[0], batch.sectors.shape[0]];
  const all = encodeOwn(config, network, batch);
  const { before, market } = fromOwn(config, network, all.hidden, batch);
  const places = tf.tensor1d(told, 'int32');
  const past: Tensor2D = tf.reshape(tf.gather(tf.reshape(batch.past, [inputs, nodes, config.past]), places, 1), [inputs, told.length * config.past]);
  const sectors = tf.gather(batch.sectors, places);
  // row of each node among all as they are and, behind them, those told of as they become
  const rows = Int32Array.from({ length: nodes }, (_, node) => node);
  told.forEach((node, at) => (rows[node] = nodes + at));
  const scoresAt = (x: Tensor2D): Tensor2D => {
    const { hidden } = encodeOwn(config, network, { past: x, sectors }, { needsInputGradient: true });
    const own: Tensor2D = tf.gather(tf.concat([all.hidden, hidden], 0), tf.tensor1d(rows, 'int32'));
    return tf.gather(scoresOf(scoring, fromOwn(config, network, own, { ...batch, heard: { before, market } })), places);
  };
  let sum: Tensor2D = tf.zerosLike(past);
  for (let point = 0; point < POINTS; point++) {
    sum = tf.tidy(() => {
      const at: Tensor2D = tf.mul(past, (point + 0.5) / POINTS);
      const [gradient] = tf.grads((x) => tf.sum(scoresAt(x as Tensor2D)))([at]);
      return tf.add(sum, tf.div(gradient, POINTS));
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
  const hearing = applyFoundation(config, network, nothing, { heard: output }); // a stock that is average itself, and hears the others as they are
  const last = output.neighbours.at(-1);
  return [
    output.attention,
    tf.mean(tf.reshape(output.selection, [nodes, config.past, config.features]), 1),
    tf.sub(scoresOf(scoring, hearing), scoresOf(scoring, quiet)),
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
