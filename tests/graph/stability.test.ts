import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { IsoDate } from '../../src/core/dates.js';
import { communities } from '../../src/graph/communities.js';
import { degrees, hubs } from '../../src/graph/degrees.js';
import { NO_EDGES, type EdgeList, type Graph } from '../../src/graph/graph.js';
import { radialLayout, treeLayout } from '../../src/graph/layout.js';
import { leadingEigenvalue } from '../../src/graph/leading-eigenvalue.js';
import { compareGraphs } from '../../src/graph/stability/compare.js';
import { componentCount } from '../../src/graph/stability/components.js';
import { modularity } from '../../src/graph/stability/modularity.js';
import { symmetrize } from '../../src/graph/symmetrize.js';

const list = (...edges: readonly (readonly [number, number, number])[]): EdgeList => ({ source: Int32Array.from(edges, ([i]) => i), target: Int32Array.from(edges, ([, j]) => j), weight: Float64Array.from(edges, ([, , weight]) => weight) });
const rowsOf = ({ source, target, weight }: EdgeList): number[][] => Array.from(source, (i, at) => [i, target[at], weight[at]]);

function graphOf(nodes: readonly string[], correlation: EdgeList, tree: EdgeList = NO_EDGES): Graph {
  const summary = { meanCorrelation: 0, eigenvalueShare: 0, treeLength: 0 };
  return { session: '2018-01-03' as IsoDate, nodes, sectors: new Int32Array(nodes.length), sectorNames: ['one'], edges: { correlation, sector: NO_EDGES, 'spanning-tree': tree }, leftOut: [], summary };
}

/** Two groups of four, all joined inside, with one tie between. */
const TWO_GROUPS = list(...[0, 4].flatMap((first) => [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j > i).map((j) => [first + i, first + j, 0.8] as const))), [3, 4, 0.2]);
const EIGHT = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

describe('symmetrize', () => {
  const directed = list([1, 0, 0.5], [0, 1, 0.5], [2, 0, -0.4]);
  it('joins two when either is near the other, or only when both are', () => {
    expect(rowsOf(symmetrize(directed))).toEqual([[0, 1, 0.5], [0, 2, -0.4]]);
    expect(rowsOf(symmetrize(directed, 'both'))).toEqual([[0, 1, 0.5]]);
  });
});

describe('compareGraphs', () => {
  const before = graphOf(['A', 'B', 'C', 'D'], list([0, 1, 0.9], [1, 0, 0.9], [1, 2, 0.5], [2, 3, 0.4], [0, 3, 0.3]), list([0, 1, 0.9], [1, 2, 0.5], [2, 3, 0.4]));
  it('tells that nothing changed', () => {
    expect(compareGraphs(before, before)).toEqual({ nodesEntered: [], nodesLeft: [], edgeJaccard: 1, weightRankCorrelation: 1, treeSurvival: 1 });
  });

  it('counts edges by the names of their ends, whatever the order of the nodes', () => {
    const after = graphOf(['E', 'C', 'B', 'A'], list([3, 2, 0.2], [2, 1, 0.5], [0, 1, 0.4]), list([2, 3, 0.2], [1, 2, 0.5], [0, 1, 0.4]));
    expect(compareGraphs(before, after)).toEqual({ nodesEntered: ['E'], nodesLeft: ['D'], edgeJaccard: 2 / 5, weightRankCorrelation: null, treeSurvival: 2 / 3 });
  });

  it('sees when the order of the weights turns', () => {
    const turned = graphOf(before.nodes, list([0, 1, 0.1], [1, 2, 0.5], [2, 3, 0.6], [0, 3, 0.7]));
    expect(compareGraphs(before, turned)).toMatchObject({ edgeJaccard: 1, weightRankCorrelation: -1, treeSurvival: null });
  });

  it('has nothing to tell of graphs without edges', () => {
    expect(compareGraphs(graphOf(['A'], NO_EDGES), graphOf(['A'], NO_EDGES))).toMatchObject({ edgeJaccard: null, weightRankCorrelation: null, treeSurvival: null });
  });
});

describe('componentCount', () => {
  it('counts parts and lone nodes', () => {
    expect(componentCount(6, list([0, 1, 1], [1, 2, 1], [4, 3, 1], [2, 0, 1]))).toBe(3);
    expect(componentCount(0, NO_EDGES)).toBe(0);
  });
});

describe('modularity', () => {
  it('is that of the definition: two joined pairs with one tie between have 2/3 − 2·(1/2)²', () => {
    const edges = list([0, 1, 1], [2, 3, 1], [1, 2, 1]);
    expect(modularity(edges, Int32Array.of(0, 0, 1, 1))).toBeCloseTo(2 / 3 - 1 / 2, 12);
    expect(modularity(edges, Int32Array.of(0, 0, 0, 0))).toBeCloseTo(0, 12);
    expect(modularity(NO_EDGES, Int32Array.of(0))).toBeNull();
  });
});

describe('communities', () => {
  it('finds the groups that were planted, the same for the same seed, with the modularity of our own formula', async () => {
    const found = await communities(graphOf(EIGHT, TWO_GROUPS), 7);
    expect([...found.of]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(found.modularity).toBeCloseTo(modularity(TWO_GROUPS, found.of)!, 12);
    expect(await communities(graphOf(EIGHT, TWO_GROUPS), 7)).toEqual(found);
  });

  it('leaves a node without positive ties alone, and a graph without edges in pieces', async () => {
    const found = await communities(graphOf(['A', 'B', 'C', 'D'], list([0, 1, 0.5], [2, 3, -0.9])), 7);
    expect([...found.of]).toEqual([0, 0, 1, 2]);
    expect(await communities(graphOf(['A', 'B'], NO_EDGES), 7)).toMatchObject({ count: 2, modularity: 0 });
  });
});

describe('degrees', () => {
  it('counts undirected neighbours; hubs come first', () => {
    const found = degrees(graphOf(['A', 'B', 'C', 'D'], list([0, 1, 0.5], [1, 0, 0.5], [2, 1, 0.3]), list([0, 1, 0.5], [1, 2, 0.3])));
    expect([...found.neighbours]).toEqual([1, 2, 1, 0]);
    expect(found.meanWeight[1]).toBeCloseTo(0.4, 12);
    expect(hubs(found)).toEqual([1, 0, 2, 3]);
  });
});

describe('leadingEigenvalue', () => {
  it('is 1 + (n − 1)ρ for equal correlations, 1 without any', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (size, rho) => {
      expect(leadingEigenvalue({ size, upper: new Float64Array((size * (size - 1)) / 2).fill(rho) })).toBeCloseTo(1 + (size - 1) * rho, 9);
    }), { seed: 51 });
    expect(leadingEigenvalue({ size: 2, upper: Float64Array.of(Number.NaN) })).toBeCloseTo(1, 12);
  });

  it('finds the larger of two groups', () => {
    // four nodes at 0.9 and two at 0.5 with nothing between: 1 + 3·0.9
    const upper = Float64Array.from([0.9, 0.9, 0.9, 0, 0, 0.9, 0.9, 0, 0, 0.9, 0, 0, 0, 0, 0.5]);
    expect(leadingEigenvalue({ size: 6, upper })).toBeCloseTo(3.7, 9);
  });
});

describe('layouts of a tree', () => {
  const star = list([0, 1, 0.5], [0, 2, 0.5], [0, 3, 0.5], [0, 4, 0.5]);
  it('put the middle of a tree in the middle and its leaves around', () => {
    const { x, y } = radialLayout(5, star);
    expect([x[0], y[0]]).toEqual([0, 0]);
    for (let i = 1; i < 5; i++) expect(Math.hypot(x[i], y[i])).toBeCloseTo(1, 12);
    expect(new Set(Array.from(x, (value, i) => `${value.toFixed(6)} ${y[i].toFixed(6)}`)).size).toBe(5);
  });

  it('put the trees of a forest side by side', () => {
    const { x } = radialLayout(4, list([0, 1, 0.5], [2, 3, 0.5]));
    expect(Math.min(x[2], x[3])).toBeGreaterThan(Math.max(x[0], x[1]));
  });

  it('keep nodes apart, the same every time', async () => {
    const graph = graphOf(EIGHT, NO_EDGES, list(...EIGHT.slice(1).map((_, i) => [Math.floor(i / 2), i + 1, 0.5] as const)));
    const first = await treeLayout(graph);
    expect(await treeLayout(graph)).toEqual(first);
    for (let i = 0; i < 8; i++) for (let j = 0; j < i; j++) expect(Math.hypot(first.x[i] - first.x[j], first.y[i] - first.y[j])).toBeGreaterThan(3);
  });
});
