import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { InvariantError } from '../../../src/core/errors.js';
import { createRng, type Rng } from '../../../src/core/rng.js';
import { gatConfigSchema, type GatConfig } from '../../../src/models/gat/config.js';
import { applyGat, initGat, type Gat } from '../../../src/models/gat/gat.js';
import { applyGatv2, initGatv2, type Gatv2 } from '../../../src/models/gat/gatv2.js';
import { disposeGraph, graphTensors, joinGraphs, withSelfLoops, type Graph } from '../../../src/models/gat/graph.js';
import type { GatBatch, GatDrops, GatOutput } from '../../../src/models/gat/layer.js';
import { openBackend } from '../../../src/tensor/backend.js';
import { flatten, valueAndGradients, withTensors, type ParameterTree } from '../../../src/tensor/parameters.js';
import { tf, type Tensor, type Tensor2D } from '../../../src/tensor/tensorflow.js';
import { difference, expectSame, expectSlopes, normalTensor } from '../../tensor/gradients.js';
import { expectNoTensorsLeft } from '../../tensor/no-tensors-left.js';

interface Kind {
  readonly name: string;
  readonly init: (config: GatConfig, rng: Rng) => ParameterTree;
  readonly apply: (config: GatConfig, params: ParameterTree, batch: GatBatch, drops?: GatDrops) => GatOutput;
}

const KINDS: readonly Kind[] = [
  { name: 'GAT', init: initGat, apply: (config, params, batch, drops) => applyGat(config, params as Gat, batch, drops) },
  { name: 'GATv2', init: initGatv2, apply: (config, params, batch, drops) => applyGatv2(config, params as Gatv2, batch, drops) },
];

const configs = fc.record({ inputs: fc.integer({ min: 1, max: 5 }), width: fc.integer({ min: 1, max: 6 }), heads: fc.integer({ min: 1, max: 3 }), join: fc.constantFrom('concat', 'mean'), edgeFeatures: fc.integer({ min: 0, max: 2 }), residual: fc.boolean(), bias: fc.boolean() }).map((drawn) => gatConfigSchema.parse(drawn));

/** A graph of drawn edges, some of them from a node to itself, none into the last node. */
function drawnGraph(rng: Rng, nodes: number, width: number): Graph {
  const edges = rng.integer(0, 4 * nodes);
  const ends = (most: number): Int32Array => Int32Array.from({ length: nodes > 1 ? edges : 0 }, () => rng.integer(0, most));
  const [source, target] = [ends(nodes - 1), ends(nodes - 2)];
  return { nodes, source, target, features: width > 0 ? { width, values: Float32Array.from({ length: source.length * width }, () => rng.normal()) } : null };
}

/** Parameters whose biases are not zero. */
function drawnParameters({ init }: Kind, config: GatConfig, rng: Rng): ParameterTree {
  const params = init(config, rng.fork('parameters'));
  return withTensors(params, new Map([...flatten(params)].map(([name, one]) => [name, tf.add(one, normalTensor(rng.fork(name), one.shape, 0.3))])));
}

const floats = (tensor: Tensor): Float32Array => tensor.dataSync() as Float32Array;

beforeAll(async () => {
  await openBackend('wasm');
});

expectNoTensorsLeft();

describe.each(KINDS)('$name', (kind) => {
  const drawn = (check: (config: GatConfig, nodes: number, rng: Rng) => void, numRuns = 25): void => {
    fc.assert(fc.property(configs, fc.integer({ min: 1, max: 9 }), fc.integer(), (config, nodes, seed) => tf.tidy(() => check(config, nodes, createRng(seed)))), { numRuns });
  };

  it('gives relabelled nodes what it gave them before', () => {
    drawn((config, nodes, rng) => {
      const [graph, x, params] = [drawnGraph(rng, nodes, config.edgeFeatures), normalTensor(rng, [nodes, config.inputs]) as Tensor2D, drawnParameters(kind, config, rng)];
      const label = Int32Array.from({ length: nodes }, (_, node) => node);
      for (let i = nodes - 1; i > 0; i--) {
        const j = rng.integer(0, i);
        [label[i], label[j]] = [label[j], label[i]];
      }
      const moved: Graph = { ...graph, source: graph.source.map((node) => label[node]), target: graph.target.map((node) => label[node]) };
      const places = Int32Array.from({ length: nodes }, (_, node) => label.indexOf(node));
      const there = (rows: Tensor): Tensor2D => tf.gather(rows, tf.tensor1d(places, 'int32')) as Tensor2D;
      const { out } = kind.apply(config, params, { x, graph: graphTensors(graph) });
      const relabelled = kind.apply(config, params, { x: there(x), graph: graphTensors(moved) });
      expect(difference(floats(relabelled.out), floats(there(out)))).toBeLessThan(1e-5);
    });
  });

  it('computes blocks of a joined graph as it computes each alone', () => {
    drawn((config, nodes, rng) => {
      const params = drawnParameters(kind, config, rng);
      const parts = [nodes, 1 + (nodes % 4), nodes + 2].map((count) => ({ graph: withSelfLoops(drawnGraph(rng, count, config.edgeFeatures)), x: normalTensor(rng, [count, config.inputs]) as Tensor2D }));
      const alone = parts.map(({ graph, x }) => kind.apply(config, params, { x, graph: graphTensors(graph) }).out);
      const { out } = kind.apply(config, params, { x: tf.concat(parts.map(({ x }) => x), 0), graph: graphTensors(joinGraphs(parts.map(({ graph }) => graph))) });
      expect(difference(floats(out), floats(tf.concat(alone, 0)))).toBeLessThan(1e-6);
    });
  });

  it('has attention that sums to one over incoming edges, and nothing for a node without any but residual and bias', () => {
    drawn((config, nodes, rng) => {
      const [graph, x, params] = [graphTensors(drawnGraph(rng, nodes, config.edgeFeatures)), normalTensor(rng, [nodes, config.inputs]) as Tensor2D, drawnParameters(kind, config, rng)];
      const { out, attention } = kind.apply(config, params, { x, graph });
      const starts = graph.edges.starts.dataSync();
      const sums = floats(tf.unsortedSegmentSum(attention, graph.edges.targets, nodes));
      for (const [i, sum] of sums.entries()) {
        const node = Math.floor(i / config.heads);
        expect(sum).toBeCloseTo(starts[node + 1] > starts[node] ? 1 : 0, 5);
      }
      const flat = flatten(params);
      const own = tf.tidy(() => {
        let rest: Tensor = tf.zeros([1, out.shape[1]]);
        const [residual, bias] = [flat.get('residual.weight'), flat.get('bias')];
        if (residual) rest = tf.add(rest, tf.matMul(tf.slice(x, [nodes - 1, 0], [1, config.inputs]), residual as Tensor2D));
        return bias ? tf.add(rest, bias) : rest;
      });
      expect(difference(floats(tf.slice(out, [nodes - 1, 0], [1, out.shape[1]])), floats(own))).toBeLessThan(1e-6);
    });
  });

  it.each([false, true])('is the same by kernels and by stock operations, values and gradients (dropout: %s)', (isDropping) => {
    drawn((config, nodes, rng) => {
      const [graph, x, params] = [graphTensors(drawnGraph(rng, nodes, config.edgeFeatures)), normalTensor(rng, [nodes, config.inputs]), drawnParameters(kind, config, rng)];
      const names = [...flatten(params).keys()];
      const drops = isDropping ? { features: { rate: 0.3, seed: nodes }, attention: { rate: 0.4, seed: nodes + 7 } } : {};
      const op = (given: Tensor, ...weights: Tensor[]): Tensor[] => {
        const { out, attention } = kind.apply(config, withTensors(params, new Map(weights.map((one, i) => [names[i], one]))), { x: given as Tensor2D, graph }, drops);
        return [out, attention];
      };
      // what a target adds to all of its scores cancels in the softmax: the gradient of its vector is a difference of large sums
      if (graph.edges.sources.size > 0) expectSame(op, [x, ...flatten(params).values()], nodes, 1e-4);
    });
  });

  // without the bend of the leaky relu, across which differences are not the slope
  it('has the slopes that its gradients say', () => {
    drawn((config, nodes, rng) => {
      const [graph, x, params] = [graphTensors(withSelfLoops(drawnGraph(rng, nodes, config.edgeFeatures))), normalTensor(rng, [nodes, config.inputs]), drawnParameters(kind, config, rng)];
      const names = [...flatten(params).keys()];
      const op = (given: Tensor, ...weights: Tensor[]): Tensor[] => [kind.apply({ ...config, slope: 0.998 }, withTensors(params, new Map(weights.map((one, i) => [names[i], one]))), { x: given as Tensor2D, graph }).out];
      expectSlopes(op, [x, ...flatten(params).values()], nodes, 0.02);
    }, 10);
  });

  it('gives the same on the plain backend', async () => {
    const config = gatConfigSchema.parse({ inputs: 3, width: 5, heads: 2, edgeFeatures: 1, residual: true });
    const run = async (name: 'wasm' | 'cpu'): Promise<Float32Array[]> => {
      await openBackend(name);
      const rng = createRng(11);
      return tf.tidy(() => {
        const [graph, x, params] = [graphTensors(withSelfLoops(drawnGraph(rng, 8, 1))), normalTensor(rng, [8, 3]) as Tensor2D, drawnParameters(kind, config, rng)];
        const drops = { features: { rate: 0.2, seed: 5 }, attention: { rate: 0.3, seed: 6 } };
        const { value, gradients } = valueAndGradients(() => tf.sum(tf.square(kind.apply(config, params, { x, graph }, drops).out)), params);
        return [value, ...gradients.values()].map(floats);
      });
    };
    const plain = await run('cpu');
    const own = await run('wasm');
    for (const [i, values] of own.entries()) expect(difference(values, plain[i])).toBeLessThan(1e-5);
  });

  it('drops attention in a training step: about as much as asked, and the mean stays', () => {
    tf.tidy(() => {
      const config = gatConfigSchema.parse({ inputs: 1, width: 1, heads: 1, bias: false });
      const nodes = 4000;
      const graph = graphTensors({ nodes, source: Int32Array.from({ length: nodes }, (_, i) => i), target: Int32Array.from({ length: nodes }, (_, i) => (i + 1) % nodes), features: null });
      const params = kind.init(config, createRng(3));
      const batch = { x: tf.ones<tf.Rank.R2>([nodes, 1]), graph };
      const [kept] = kind.apply(config, params, batch).out.dataSync();
      const dropped = kind.apply(config, params, batch, { attention: { rate: 0.25, seed: 9 } });
      const part = floats(dropped.out).filter((value) => value === 0).length / nodes;
      expect(part).toBeGreaterThan(0.22);
      expect(part).toBeLessThan(0.28);
      for (const value of floats(dropped.out)) if (value !== 0) expect(value).toBeCloseTo(kept / 0.75, 5);
      expect(floats(dropped.attention).every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
    });
  });

  it('says what does not fit', () => {
    tf.tidy(() => {
      const config = gatConfigSchema.parse({ inputs: 3, width: 2 });
      const params = kind.init(config, createRng(1));
      const graph = graphTensors({ nodes: 2, source: Int32Array.of(0), target: Int32Array.of(1), features: null });
      expect(() => kind.apply(config, params, { x: tf.zeros([2, 4]), graph })).toThrow(/expected nodes \[2, 3\] and 0 features on each edge, found \[2, 4\]/);
      expect(() => kind.apply(config, params, { x: tf.zeros([3, 3]), graph })).toThrow(InvariantError);
    });
  });
});

describe('a graph', () => {
  const graph: Graph = { nodes: 3, source: Int32Array.of(0, 1, 1, 2), target: Int32Array.of(1, 1, 2, 1), features: { width: 2, values: Float32Array.of(1, 2, 30, 40, 5, 6, 7, 8) } };

  it('gets self loops in place of its own, with the mean of the edges that come in', () => {
    const looped = withSelfLoops(graph);
    expect([...looped.source]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...looped.target]).toEqual([1, 2, 1, 0, 1, 2]);
    expect([...looped.features!.values]).toEqual([1, 2, 5, 6, 7, 8, 0, 0, 4, 5, 5, 6]);
    expect([...withSelfLoops(graph, 9).features!.values.slice(6)]).toEqual([9, 9, 9, 9, 9, 9]);
  });

  it('joins others, and says which does not belong', () => {
    const joined = joinGraphs([graph, withSelfLoops(graph)]);
    expect(joined.nodes).toBe(6);
    expect([...joined.source]).toEqual([0, 1, 1, 2, 3, 4, 5, 3, 4, 5]);
    expect(joined.features!.values).toHaveLength(20);
    expect(() => joinGraphs([graph, { ...graph, features: null }])).toThrow(/expected 2 features on each edge, found 0 in graph 1/);
    expect(() => joinGraphs([{ ...graph, nodes: 2 }, graph])).toThrow(/expected nodes 0 to 1, found edge 2 from 1 to 2/);
    expect(joinGraphs([])).toEqual({ nodes: 0, source: new Int32Array(0), target: new Int32Array(0), features: null });
  });

  it('is ordered by target, features with the edges', () => {
    const tensors = graphTensors(graph);
    expect([...tensors.edges.order]).toEqual([0, 1, 3, 2]);
    expect([...tensors.features!.dataSync()]).toEqual([1, 2, 30, 40, 7, 8, 5, 6]);
    disposeGraph(tensors);
  });

  it('refuses edges without their features', () => {
    expect(() => graphTensors({ ...graph, features: { width: 2, values: new Float32Array(6) } })).toThrow(/2 features for each of 4 edges, found 4 targets and 6 features/);
  });
});
