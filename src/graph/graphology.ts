import type { AbstractGraph } from 'graphology-types';

import type { EdgeList } from './graph.js';

/** Undirected edges with positive weights, as graphology has them: nodes are named by their positions. */
export async function toGraphology(size: number, { source, target, weight }: EdgeList): Promise<AbstractGraph> {
  const { UndirectedGraph } = await import('graphology'); // 15 ms: only where communities are looked for
  const graph = new UndirectedGraph();
  for (let node = 0; node < size; node++) graph.addNode(String(node));
  source.forEach((node, at) => weight[at] > 0 && graph.addEdge(String(node), String(target[at]), { weight: weight[at] }));
  return graph;
}
