import type { Graph as DayGraph } from '../../graph/graph.js';
import type { Graph } from '../gat/graph.js';

/** Numbers on an edge: the measure of the two, whether they are of one sector, whether one is among the nearest of the other. */
export const EDGE_FEATURES = 3;

/**
 * The day's graph as one to pass messages over: an edge both ways between a stock and each of its nearest and, where the graph has such edges,
 * between all of a sector; each pair once. Stocks that are no nodes of the day's graph have no edges.
 *
 * @param nodeOf position of a symbol among the stocks of the session; absent ones are passed over
 */
export function sessionEdges({ nodes, sectors, edges }: DayGraph, nodeOf: ReadonlyMap<string, number>, count: number): Graph {
  const place = Int32Array.from(nodes, (symbol) => nodeOf.get(symbol) ?? -1);
  const found = new Map<number, { weight: number; isNear: boolean }>();
  const key = (a: number, b: number): number => Math.min(a, b) * nodes.length + Math.max(a, b);
  edges.correlation.source.forEach((from, at) => found.set(key(from, edges.correlation.target[at]), { weight: edges.correlation.weight[at], isNear: true }));
  edges.sector.source.forEach((from, at) => {
    const pair = key(from, edges.sector.target[at]);
    if (!found.has(pair)) found.set(pair, { weight: edges.sector.weight[at], isNear: false });
  });
  const kept = [...found].filter(([pair]) => place[Math.floor(pair / nodes.length)] >= 0 && place[pair % nodes.length] >= 0);
  const [source, target] = [new Int32Array(2 * kept.length), new Int32Array(2 * kept.length)];
  const values = new Float32Array(2 * kept.length * EDGE_FEATURES);
  for (const [at, [pair, { weight, isNear }]] of kept.entries()) {
    const [a, b] = [Math.floor(pair / nodes.length), pair % nodes.length];
    const numbers = [weight, sectors[a] >= 0 && sectors[a] === sectors[b] ? 1 : 0, isNear ? 1 : 0];
    for (const [way, from, to] of [[0, a, b], [1, b, a]] as const) {
      source[2 * at + way] = place[from];
      target[2 * at + way] = place[to];
      values.set(numbers, (2 * at + way) * EDGE_FEATURES);
    }
  }
  return { nodes: count, source, target, features: { width: EDGE_FEATURES, values } };
}

/** A session without a graph: nobody hears from anybody. */
export const noEdges = (count: number): Graph => ({ nodes: count, source: new Int32Array(0), target: new Int32Array(0), features: { width: EDGE_FEATURES, values: new Float32Array(0) } });
