import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { graphConfig } from '../../../src/graph/config.js';
import { contributionsOf } from '../../../src/models/foundation/explain.js';
import type { FittedFoundation } from '../../../src/models/foundation/fitted-foundation.js';
import { applyFoundation, initFoundation, type Foundation } from '../../../src/models/foundation/foundation.js';
import { medians } from '../../../src/models/foundation/foundation-loss.js';
import { BackgroundReader, type SessionInput } from '../../../src/models/foundation/session-reader.js';
import { disposeSession, sessionTensors } from '../../../src/models/foundation/session-tensors.js';
import { mainOf, networkOf, type FoundationShape } from '../../../src/models/foundation/shape.js';
import { restoreCheckpoint } from '../../../src/tensor/checkpoint/checkpoint.js';
import { disposeTree, variables } from '../../../src/tensor/parameters.js';
import { tf, type Tensor, type Tensor2D, type Variable } from '../../../src/tensor/tensorflow.js';
import { fitted, samplesBetween, sessionWorld, TEST } from './session-world.js';

const world = sessionWorld();
const { sessions } = world.market.bars;
const asked = samplesBetween(world, [TEST[0], TEST[0] + 1], false);

let model: FittedFoundation;
let input: SessionInput;
beforeAll(async () => {
  model = await fitted({ epochs: 2, rate: 0.03 });
  const { settings, sectorNames } = model.shape;
  input = new BackgroundReader(asked.background!, { past: settings.past, graph: graphConfig.parse(settings.graph), sectorNames }).read(sessions[TEST[0]])!;
});
afterAll(() => model.dispose());

/** A network as it begins. */
const untrained = (shape: FoundationShape, seed: number): Foundation => variables(initFoundation(networkOf(shape), createRng(seed)));

interface Scored {
  readonly shape: FoundationShape;
  readonly network: Foundation;
}

/** Scores of a session with each stock's own features times `share` while all that is heard stays, less those without; and what the last input, how much is known, moved of it. */
function movedBy({ shape, network }: Scored): { whole: Float32Array; known: Float32Array } {
  const config = networkOf(shape);
  const session = sessionTensors(input, null);
  const nodes = input.rows.length;
  const size = nodes * shape.settings.past;
  const parts = tf.tidy(() => {
    const { before, market } = applyFoundation(config, network, session.batch);
    const scores = (past: Tensor2D): Tensor2D => tf.slice(medians(applyFoundation(config, network, { ...session.batch, past }, { needsInputGradient: true, heard: { before, market } }), config.quantiles), [0, mainOf(shape)], [nodes, 1]);
    const { past } = session.batch;
    const at = (share: number): Tensor2D => tf.mul(past, share);
    const points = 24;
    let sum: Tensor = tf.zerosLike(past);
    for (let point = 0; point < points; point++) sum = tf.add(sum, tf.div(tf.grad((x) => tf.sum(scores(x as Tensor2D)))(at((point + 0.5) / points)), points));
    const last = tf.slice(tf.mul<Tensor2D>(sum, past), [input.inputs - 1, 0], [1, size]);
    return [tf.sub(scores(past), scores(at(0))), tf.sum(tf.reshape(last, [nodes, shape.settings.past]), 1)] as const;
  });
  const [whole, known] = parts.map((part) => part.dataSync().slice() as Float32Array);
  tf.dispose([...parts]);
  disposeSession(session);
  return { whole, known };
}

/** Parts of all stocks of the session, [feature, node]. */
const partsOf = ({ networks }: { readonly networks: readonly Foundation[] }, told = Int32Array.from(input.rows.keys())): Promise<Float64Array> => contributionsOf({ shape: model.shape, networks }, input, told);

const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe('parts of a score', () => {
  it('sum to it', async () => {
    const [scores, { values, base, features }] = [await model.predict(asked), await model.explain(asked)];
    for (let at = 0; at < asked.length; at++) expect(features.reduce((sum, _, feature) => sum + values[feature * asked.length + at], base[at])).toBeCloseTo(scores[at], 9);
    expect(largest(values)).toBeGreaterThan(1e-3);
  });

  it('are complete: with how much is known they are what the own features changed, to a twentieth of the largest change', { timeout: 60_000 }, async () => {
    // the eight midpoints of the explanation against the difference of two scores, which no gradient enters
    for (const network of [untrained(model.shape, 1), untrained(model.shape, 2), await weightsOf(model)]) {
      const { whole, known } = movedBy({ shape: model.shape, network });
      const parts = await partsOf({ networks: [network] });
      const nodes = input.rows.length;
      const most = largest(whole);
      expect(most).toBeGreaterThan(0.01);
      for (let node = 0; node < nodes; node++) expect(Math.abs(parts[node] + parts[nodes + node] + known[node] - whole[node])).toBeLessThan(0.05 * most);
      disposeTree(network);
    }
  });

  it('are none of a feature that the network does not look at', async () => {
    const network = untrained(model.shape, 3);
    const before = await partsOf({ networks: [network] });
    ignore(network, 1);
    const parts = await partsOf({ networks: [network] });
    const nodes = input.rows.length;
    expect(largest(before.subarray(nodes))).toBeGreaterThan(1e-4);
    expect(largest(parts.subarray(nodes))).toBe(0);
    expect(largest(parts.subarray(0, nodes))).toBeGreaterThan(1e-4);
    disposeTree(network);
  });

  it('of some stocks are what they are among those of all', async () => {
    const network = untrained(model.shape, 6);
    const all = await partsOf({ networks: [network] });
    const told = Int32Array.from(input.rows.keys()).filter((node) => node % 3 === 1);
    const some = await partsOf({ networks: [network] }, told);
    const scale = largest(all);
    for (const feature of [0, 1]) told.forEach((node, at) => expect(Math.abs(some[feature * told.length + at] - all[feature * input.rows.length + node])).toBeLessThan(1e-5 * scale));
    disposeTree(network);
  });

  it('are the means of the members', async () => {
    const networks = [untrained(model.shape, 4), untrained(model.shape, 5)];
    const [both, first, second] = [await partsOf({ networks }), await partsOf({ networks: [networks[0]] }), await partsOf({ networks: [networks[1]] })];
    both.forEach((part, at) => expect(part).toBeCloseTo((first[at] + second[at]) / 2, 9));
    networks.forEach(disposeTree);
  });
});

describe('what a network looked at', () => {
  it('is weights of the sessions of its window and of its features, which sum to 1', async () => {
    const { attention, past, selection } = await model.insight(asked);
    expect(past).toBe(3);
    expect(attention).toHaveLength(asked.length * 3);
    expect(selection).toHaveLength(asked.length * 3);
    for (const [values, width] of [[attention, 3], [selection, 3]] as const) {
      expect(values.every((weight) => weight >= 0 && weight <= 1 + 1e-6)).toBe(true);
      for (let at = 0; at < asked.length; at++) expect(values.subarray(at * width, (at + 1) * width).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    }
  });

  it('is neighbours of the graph of the day, the heaviest first, with weights that are part of 1', async () => {
    const { neighbours } = await model.insight(asked);
    const { rows, graph } = input;
    const node = new Map(Array.from(rows, (row, at) => [row, at]));
    let heard = 0;
    for (const [sample, named] of neighbours.entries()) {
      const own = node.get(asked.symbolRows[sample])!;
      const joined = new Set(Array.from(graph.source.keys()).filter((edge) => graph.target[edge] === own).map((edge) => rows[graph.source[edge]]));
      expect(named).toHaveLength(Math.min(5, joined.size));
      expect(new Set(named.map(({ row }) => row)).size).toBe(named.length);
      const total = named.reduce((sum, { weight }) => sum + weight, 0);
      for (const [at, { row, weight }] of named.entries()) {
        expect(joined).toContain(row);
        expect(weight).toBeGreaterThanOrEqual(0);
        if (at > 0) expect(weight).toBeLessThanOrEqual(named[at - 1].weight);
      }
      if (joined.size <= 5 && joined.size > 0) expect(total).toBeCloseTo(1, 5);
      expect(total).toBeLessThan(1 + 1e-5);
      heard += named.length;
    }
    expect(heard).toBeGreaterThan(2 * asked.length);
  });

  it('is what the others changed of the score: nothing where nobody is heard', async () => {
    expect(largest((await model.insight(asked)).fromOthers)).toBeGreaterThan(1e-4);
    const alone = await fitted({ graphLayers: 0, market: false, epochs: 1 });
    const { fromOthers, neighbours } = await alone.insight(asked);
    expect(largest(fromOthers)).toBe(0);
    expect(neighbours.every((named) => named.length === 0)).toBe(true);
    alone.dispose();
  });

  it('is asked of one session', async () => {
    await expect(model.insight(samplesBetween(world, [TEST[0], TEST[0] + 2], false))).rejects.toThrow('expected samples of one session, found 2');
  });
});

/** Nothing of a feature reaches a network whose embedding of it has no slope. */
function ignore({ temporal }: Foundation, feature: number): void {
  const scale = temporal.inputs.scale as Variable; // [feature, width]
  const width = scale.shape[1]!;
  tf.tidy(() => scale.assign(tf.mul(scale, tf.tensor(Array.from({ length: scale.size }, (_, at) => Number(Math.floor(at / width) !== feature)), scale.shape))));
}

/** The network of a model, out of its files. */
async function weightsOf(from: FittedFoundation): Promise<Foundation> {
  const network = untrained(from.shape, 0);
  restoreCheckpoint((await from.save())['foundation-0.safetensors'] as Uint8Array, { parameters: network }, 'the test');
  return network;
}
