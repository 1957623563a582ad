import { correlation } from '../../math/correlation.js';
import { centredRanks } from '../../math/rank.js';
import type { EdgeKind, Graph } from '../graph.js';

/** How a graph differs from the one before; over undirected edges, named by their symbols. */
export interface GraphChange {
  readonly nodesEntered: readonly string[];
  readonly nodesLeft: readonly string[];
  /** Common neighbour edges over those in either graph; `null` when there are none in either. */
  readonly edgeJaccard: number | null;
  /** Rank correlation (Spearman) of the weights of common neighbour edges; `null` below three. */
  readonly weightRankCorrelation: number | null;
  /** Share of the tree's edges that were in the tree before (Onnela et al., 2003: single-step survival); `null` without a tree. */
  readonly treeSurvival: number | null;
}

/** Compares two graphs, usually of a session and of the session before. */
export function compareGraphs(before: Graph, after: Graph): GraphChange {
  const [then, now] = [edgeWeights(before, 'correlation'), edgeWeights(after, 'correlation')];
  const common = [...now.keys()].filter((edge) => then.has(edge));
  const either = then.size + now.size - common.length;
  const [treeThen, treeNow] = [edgeWeights(before, 'spanning-tree'), edgeWeights(after, 'spanning-tree')];
  return {
    nodesEntered: after.nodes.filter((node) => !before.nodes.includes(node)),
    nodesLeft: before.nodes.filter((node) => !after.nodes.includes(node)),
    edgeJaccard: either === 0 ? null : common.length / either,
    weightRankCorrelation: common.length < 3 ? null : correlation(centredRanks(common.map((edge) => then.get(edge)!)), centredRanks(common.map((edge) => now.get(edge)!))),
    treeSurvival: treeNow.size === 0 ? null : [...treeNow.keys()].filter((edge) => treeThen.has(edge)).length / treeNow.size,
  };
}

/** Weight of each undirected edge by the names of its ends. */
function edgeWeights({ nodes, edges }: Graph, kind: EdgeKind): Map<string, number> {
  const { source, target, weight } = edges[kind];
  const found = new Map<string, number>();
  source.forEach((i, at) => {
    const [a, b] = [nodes[i], nodes[target[at]]];
    found.set(a < b ? `${a} ${b}` : `${b} ${a}`, weight[at]);
  });
  return found;
}
