import type { EdgeList } from './graph.js';
import type { Neighbours } from './top-neighbours.js';

/** An edge from each node to each of its neighbours whose absolute measure reaches the threshold: node by node, nearest first. */
export function neighbourEdges({ size, count, target, weight }: Neighbours, threshold: number): EdgeList {
  const source: number[] = [];
  const kept: number[] = [];
  for (let node = 0, at = 0; node < size; node++) {
    for (let rank = 0; rank < count; rank++, at++) {
      if (target[at] < 0 || !(Math.abs(weight[at]) >= threshold)) continue;
      source.push(node);
      kept.push(at);
    }
  }
  return { source: new Int32Array(source), target: new Int32Array(kept.map((at) => target[at])), weight: new Float64Array(kept.map((at) => weight[at])) };
}
