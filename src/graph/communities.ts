import type louvainTypes from 'graphology-communities-louvain';

import { createRng } from '../core/rng.js';
import type { Graph } from './graph.js';
import { toGraphology } from './graphology.js';
import { symmetrize } from './symmetrize.js';

type Louvain = typeof louvainTypes.default;

export interface Communities {
  /** Community of each node, 0 the largest; of equally large ones that with the first node. [node] */
  readonly of: Int32Array;
  readonly count: number;
  /** How much more weight lies within the communities than if edges fell at random, at most 1 (Newman, 2004). */
  readonly modularity: number;
}

/**
 * Groups of nodes that are joined among themselves more than to others (Blondel et al., 2008: Louvain), over neighbours in
 * either direction with positive correlation. A node without such neighbours is a community of its own.
 *
 * @param seed of the order in which nodes are visited: the same seed gives the same communities
 */
export async function communities(graph: Graph, seed: number): Promise<Communities> {
  const size = graph.nodes.length;
  const network = await toGraphology(size, symmetrize(graph.edges.correlation));
  if (network.size === 0) return { of: Int32Array.from({ length: size }, (_, i) => i), count: size, modularity: 0 };
  const louvain = await loadLouvain();
  const rng = createRng(seed).fork('communities');
  const found = louvain.detailed(network, { getEdgeWeight: 'weight', rng: () => rng.float() });
  return { of: bySize(Array.from({ length: size }, (_, node) => found.communities[String(node)])), count: found.count, modularity: found.modularity };
}

/** The package's types tell of a module within the module, which its code does not have. */
async function loadLouvain(): Promise<Louvain> {
  const loaded = await import('graphology-communities-louvain');
  return loaded.default as unknown as Louvain;
}

/** Communities numbered anew, the largest first. */
function bySize(labels: readonly number[]): Int32Array {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  // a map keeps the order of its first entries and sorting is stable: equally large ones stay in the order of their nodes
  const order = new Map([...counts].sort((a, b) => b[1] - a[1]).map(([label], rank) => [label, rank]));
  return Int32Array.from(labels, (label) => order.get(label)!);
}
