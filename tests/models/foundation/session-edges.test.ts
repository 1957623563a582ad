import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isoDate } from '../../../src/core/dates.js';
import type { EdgeList, Graph as DayGraph } from '../../../src/graph/graph.js';
import { EDGE_FEATURES, noEdges, sessionEdges } from '../../../src/models/foundation/session-edges.js';

type Pair = readonly [source: number, target: number, weight: number];

const list = (pairs: readonly Pair[]): EdgeList => ({ source: Int32Array.from(pairs, ([source]) => source), target: Int32Array.from(pairs, ([, target]) => target), weight: Float64Array.from(pairs, ([, , weight]) => weight) });

interface Drawn {
  readonly sectors: readonly number[];
  readonly near: readonly Pair[];
  readonly all: readonly Pair[];
}

function dayGraph({ sectors, near, all }: Drawn): DayGraph {
  const edges = { correlation: list(near), sector: list(all), 'spanning-tree': list([]) };
  return { session: isoDate('2014-06-02'), nodes: sectors.map((_, node) => `S${node}`), sectors: Int32Array.from(sectors), sectorNames: ['a', 'b'], edges, leftOut: [], summary: { meanCorrelation: 0, eigenvalueShare: 0, treeLength: 0 } };
}

/** Days as `buildGraphs` makes them: the nearest of each node with a direction, all pairs of a sector once from the smaller on; a pair has one measure. */
const days = fc.integer({ min: 1, max: 9 }).chain((count) => fc.record({
  sectors: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: count, maxLength: count }),
  measures: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count * count, maxLength: count * count }),
  isNear: fc.array(fc.boolean(), { minLength: count * count, maxLength: count * count }),
})).map(({ sectors, measures, isNear }): Drawn => {
  const count = sectors.length;
  const cells = [...measures.keys()].map((at) => [Math.floor(at / count), at % count] as const).filter(([a, b]) => a !== b);
  const measure = (a: number, b: number): number => measures[Math.min(a, b) * count + Math.max(a, b)];
  const pair = ([a, b]: readonly [number, number]): Pair => [a, b, measure(a, b)];
  return { sectors, near: cells.filter(([a, b]) => isNear[a * count + b]).map(pair), all: cells.filter(([a, b]) => a < b && sectors[a] >= 0 && sectors[a] === sectors[b]).map(pair) };
});

/** Positions of the symbols among the stocks of the session: turned around, so that they are not those of the day's graph. */
const places = (count: number, absent: ReadonlySet<number>): Map<string, number> => new Map(Array.from({ length: count }, (_, node) => node).filter((node) => !absent.has(node)).map((node) => [`S${node}`, count - 1 - node]));

describe('the edges of a session', () => {
  it('are those of the nearest and the nearest of the sector: each pair once, both ways, none to itself, with its numbers', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 3 }), fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }), (drawn, most, gone) => {
      const count = drawn.sectors.length;
      const absent = new Set(gone);
      const { nodes, source, target, features } = sessionEdges(dayGraph(drawn), places(count, absent), { count, most });
      expect(nodes).toBe(count);
      const found = new Map(Array.from(source, (from, edge) => [`${from} ${target[edge]}`, Array.from(features!.values.subarray(edge * EDGE_FEATURES, (edge + 1) * EDGE_FEATURES))]));
      expect(found.size).toBe(source.length); // no edge twice

      // by the plain words: of a sector the `most` heaviest edges of each of its two ends, before anyone is passed over
      const ofSector = drawn.all.filter((edge) => [edge[0], edge[1]].some((end) => drawn.all.filter(([a, b, weight], at) => (a === end || b === end) && (Math.abs(weight) > Math.abs(edge[2]) || (Math.abs(weight) === Math.abs(edge[2]) && at < drawn.all.indexOf(edge)))).length < most));
      const wanted = new Map<string, number[]>();
      for (const [pairs, isNear] of [[ofSector, 0], [drawn.near, 1]] as const) {
        for (const [a, b, weight] of pairs) {
          if (absent.has(a) || absent.has(b)) continue;
          const numbers = [Math.fround(weight), Number(drawn.sectors[a] >= 0 && drawn.sectors[a] === drawn.sectors[b]), isNear];
          for (const [from, to] of [[a, b], [b, a]]) wanted.set(`${count - 1 - from} ${count - 1 - to}`, numbers);
        }
      }
      expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
      for (const [edge, numbers] of wanted) expect(found.get(edge), edge).toEqual(numbers);
      for (let edge = 0; edge < source.length; edge++) expect(source[edge]).not.toBe(target[edge]);
    }));
  });

  it('of a large sector are limited: nobody adds more than so many', () => {
    const count = 30;
    const all = Array.from({ length: count }, (_, a) => Array.from({ length: count - a - 1 }, (_, i): Pair => [a, a + 1 + i, Math.sin(a * 31 + i)])).flat();
    const { source } = sessionEdges(dayGraph({ sectors: new Array<number>(count).fill(0), near: [], all }), places(count, new Set()), { count, most: 2 });
    expect(source.length).toBeLessThanOrEqual(2 * 2 * count);
    expect(source.length).toBeGreaterThanOrEqual(2 * count); // everyone has two, each of them shared by two at most
  });

  it('are none where there is no graph', () => {
    expect(noEdges(3)).toEqual({ nodes: 3, source: new Int32Array(0), target: new Int32Array(0), features: { width: EDGE_FEATURES, values: new Float32Array(0) } });
  });
});
