import type { DayEdges } from '../../graph/build-graphs.js';
import type { EdgeList } from '../../graph/graph.js';
import type { Graph } from '../gat/graph.js';

/** Numbers on an edge: the measure of the two, whether they are of one sector, whether one is among the nearest of the other. */
export const EDGE_FEATURES = 3;

/**
 * The day's graph as one to pass messages over: an edge both ways between a stock and each of its nearest, and between it and as many of its sector,
 * the nearest of those, where the graph has such edges; each pair once. Stocks that are no nodes of the day's graph have no edges.
 *
 * @param nodeOf position of a symbol among the stocks of the session; absent ones are passed over
 * @param most nearest neighbours of each stock in the day's graph
 */
export function sessionEdges({ nodes, sectors, edges }: Pick<DayEdges, 'nodes' | 'sectors' | 'edges'>, nodeOf: ReadonlyMap<string, number>, { count, most }: { readonly count: number; readonly most: number }): Graph {
  const place = Int32Array.from(nodes, (symbol) => nodeOf.get(symbol) ?? -1);
  const pairs = new Map<number, { readonly weight: number; readonly isNear: number }>();
  const add = ({ source, target, weight }: EdgeList, at: number, isNear: number): void => {
    const [a, b] = [Math.min(source[at], target[at]), Math.max(source[at], target[at])];
    if (place[a] >= 0 && place[b] >= 0 && !pairs.has(a * nodes.length + b)) pairs.set(a * nodes.length + b, { weight: weight[at], isNear });
  };
  for (let at = 0; at < edges.correlation.source.length; at++) add(edges.correlation, at, 1);
  for (const at of nearestOfSector(edges.sector, nodes.length, most)) add(edges.sector, at, 0);

  const [source, target, values] = [new Int32Array(2 * pairs.size), new Int32Array(2 * pairs.size), new Float32Array(2 * pairs.size * EDGE_FEATURES)];
  let edge = 0;
  for (const [pair, { weight, isNear }] of pairs) {
    const [a, b] = [Math.floor(pair / nodes.length), pair % nodes.length];
    for (const [from, to] of [[a, b], [b, a]]) {
      source[edge] = place[from];
      target[edge] = place[to];
      values[edge * EDGE_FEATURES] = weight;
      values[edge * EDGE_FEATURES + 1] = sectors[a] >= 0 && sectors[a] === sectors[b] ? 1 : 0;
      values[edge * EDGE_FEATURES + 2] = isNear;
      edge++;
    }
  }
  return { nodes: count, source, target, features: { width: EDGE_FEATURES, values } };
}

/** Places of the edges of a sector that are among the heaviest of one of their ends. */
function nearestOfSector({ source, target, weight }: EdgeList, nodes: number, most: number): ReadonlySet<number> {
  const of: number[][] = Array.from({ length: nodes }, () => []);
  for (let at = 0; at < source.length; at++) {
    of[source[at]].push(at);
    of[target[at]].push(at);
  }
  return new Set(of.flatMap((own) => own.sort((a, b) => Math.abs(weight[b]) - Math.abs(weight[a]) || a - b).slice(0, most)));
}

/** A session without a graph: nobody hears from anybody. */
export const noEdges = (count: number): Graph => ({ nodes: count, source: new Int32Array(0), target: new Int32Array(0), features: { width: EDGE_FEATURES, values: new Float32Array(0) } });
