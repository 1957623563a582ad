import { expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { GraphBuilder } from '../../src/graph/builder.js';
import { buildGraphs } from '../../src/graph/build-graphs.js';
import { graphConfig, type GraphConfig } from '../../src/graph/config.js';
import { correlationDays } from '../../src/graph/correlation-days.js';
import { EDGE_KINDS, type Graph } from '../../src/graph/graph.js';
import type { GraphInputs } from '../../src/graph/graph-inputs.js';
import { pairValue } from '../../src/graph/symmetric.js';
import { cut, world } from '../graph/world.js';

const WINDOW = 30;
const settings: GraphConfig = { ...graphConfig.parse({}), window: WINDOW, topK: 4, sectorEdges: true };
const inputs = world({ seed: 41, symbols: 18, sessions: 120, gaps: 0.004, changing: true });

/** The same inputs with the symbols in another order. */
function shuffled({ symbols, sessions, returns, member, ...rest }: GraphInputs): GraphInputs {
  const width = sessions.length;
  const order = createRng(42).shuffle([...symbols.keys()]);
  const rows = <Values extends Float64Array | Uint8Array>(values: Values): Values => {
    const copy = values.slice() as Values;
    order.forEach((from, to) => copy.set(values.subarray(from * width, (from + 1) * width), to * width));
    return copy;
  };
  return { ...rest, symbols: order.map((row) => symbols[row]), sessions, returns: rows(returns), member: rows(member!) };
}

/** Edges by the names of their ends. */
function named({ nodes, edges }: Graph): Map<string, number> {
  return new Map(EDGE_KINDS.flatMap((kind) => Array.from(edges[kind].source, (i, at): [string, number] => {
    const ends = [nodes[i], nodes[edges[kind].target[at]]];
    return [`${kind} ${(kind === 'correlation' ? ends : ends.sort()).join(' ')}`, edges[kind].weight[at]];
  })));
}

/** What every way to measure nodes must obey; see `GraphBuilder`. */
export function graphBuilderContract(builder: GraphBuilder): void {
  it('is described', () => {
    expect(builder.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(builder.describe.length).toBeGreaterThan(10);
    expect(builder.source).toMatch(/\(\d{4}\)/);
  });

  it('measures every pair, within −1 and 1', () => {
    for (const day of correlationDays(inputs, settings)) {
      const { size, upper } = builder.measure(day);
      expect(size).toBe(day.rows.length);
      expect(upper).toHaveLength((size * (size - 1)) / 2);
      expect(upper.every((value) => value >= -1 && value <= 1)).toBe(true);
    }
  });

  it('leaves the day as it is', () => {
    const [day] = correlationDays(inputs, settings);
    const before = structuredClone({ upper: day.correlations.upper, variance: day.variance });
    builder.measure(day);
    expect({ upper: day.correlations.upper, variance: day.variance }).toEqual(before);
  });

  it('gives the nodes of a session edges that end at other nodes, at most topK, of finite weight', () => {
    for (const { nodes, edges, session } of buildGraphs(inputs, settings, { builder })) {
      const t = [...buildSessions()].indexOf(session);
      expect(nodes.every((symbol) => inputs.member![inputs.symbols.indexOf(symbol) * inputs.sessions.length + t] === 1)).toBe(true);
      const degree = new Map<number, number>();
      for (const kind of EDGE_KINDS) {
        edges[kind].source.forEach((i, at) => {
          expect(i).not.toBe(edges[kind].target[at]);
          expect(Math.max(i, edges[kind].target[at])).toBeLessThan(nodes.length);
          expect(Math.abs(edges[kind].weight[at])).toBeLessThanOrEqual(1);
          if (kind === 'correlation') degree.set(i, (degree.get(i) ?? 0) + 1);
        });
      }
      expect(Math.max(0, ...degree.values())).toBeLessThanOrEqual(settings.topK);
      expect(edges['spanning-tree'].source).toHaveLength(nodes.length - 1);
    }
  });

  it('does not change when later data arrives', () => {
    const all = new Map([...buildGraphs(inputs, settings, { builder })].map((graph) => [graph.session, graph]));
    for (const end of [60, 97]) for (const graph of buildGraphs(cut(inputs, end), settings, { builder })) expect(graph).toEqual(all.get(graph.session));
  });

  it('does not depend on the order of the symbols', () => {
    const others = [...buildGraphs(shuffled(inputs), settings, { builder })];
    [...buildGraphs(inputs, settings, { builder })].forEach((graph, at) => {
      const [one, other] = [named(graph), named(others[at])];
      expect([...other.keys()].sort()).toEqual([...one.keys()].sort());
      for (const [edge, weight] of one) expect(other.get(edge)).toBeCloseTo(weight, 10);
      expect(others[at].summary.meanCorrelation).toBeCloseTo(graph.summary.meanCorrelation, 10);
      expect(others[at].summary.eigenvalueShare).toBeCloseTo(graph.summary.eigenvalueShare, 8);
    });
  });

  it('joins what moves together: neighbours with positive weight are of the same sector', () => {
    const planted = world({ seed: 43, symbols: 30, sessions: 200 });
    const [graph] = buildGraphs(planted, { ...settings, window: 200, threshold: 0 }, { builder });
    const { source, target, weight } = graph.edges.correlation;
    const positive = [...source.keys()].filter((at) => weight[at] > 0);
    const within = positive.filter((at) => graph.sectors[source[at]] === graph.sectors[target[at]]).length;
    expect(positive.length / source.length).toBeGreaterThan(0.5);
    expect(within / positive.length).toBeGreaterThan(0.9);
  });

  it('agrees with the measure that it is built from', () => {
    const [day] = correlationDays(inputs, settings);
    const measure = builder.measure(day);
    const [graph] = buildGraphs(inputs, settings, { builder });
    const { source, target, weight } = graph.edges.correlation;
    source.forEach((i, at) => expect(weight[at]).toBe(pairValue(measure, i, target[at])));
  });
}

function* buildSessions(): Generator<string, void, void> {
  for (const day of inputs.sessions) yield new Date(day * 86_400_000).toISOString().slice(0, 10);
}
