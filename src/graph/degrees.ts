import type { Graph } from './graph.js';
import { symmetrize } from './symmetrize.js';

export interface Degrees {
  /** Nodes joined with each, in either direction. [node] */
  readonly neighbours: Int32Array;
  /** Mean weight of those edges, NaN without any. [node] */
  readonly meanWeight: Float64Array;
  /** Edges of the spanning tree. [node] */
  readonly tree: Int32Array;
}

/** How well each node is connected. */
export function degrees(graph: Graph): Degrees {
  const size = graph.nodes.length;
  const found = { neighbours: new Int32Array(size), meanWeight: new Float64Array(size), tree: new Int32Array(size) };
  const { source, target, weight } = symmetrize(graph.edges.correlation);
  source.forEach((node, at) => {
    for (const end of [node, target[at]]) {
      found.neighbours[end]++;
      found.meanWeight[end] += weight[at];
    }
  });
  found.meanWeight.forEach((sum, node) => (found.meanWeight[node] = sum / found.neighbours[node]));
  const tree = graph.edges['spanning-tree'];
  for (const end of [...tree.source, ...tree.target]) found.tree[end]++;
  return found;
}

/** Nodes by their neighbours, most first; of equal ones those with more edges of the tree, then in order. */
export function hubs({ neighbours, tree }: Degrees): number[] {
  return [...neighbours.keys()].sort((a, b) => neighbours[b] - neighbours[a] || tree[b] - tree[a] || a - b);
}
