import type { EdgeList } from './graph.js';
import { rowStart, type Symmetric } from './symmetric.js';

/** Distance of two nodes by their correlation, from 0 to 2 (Gower, 1966; Mantegna, 1999). */
export function correlationDistance(correlation: number): number {
  return Math.sqrt(Math.max(0, 2 * (1 - correlation)));
}

/**
 * Minimum spanning tree over the distances √(2(1 − ρ)), by Prim (1957) in O(n²); weights are correlations.
 *
 * Each edge goes from the smaller to the larger index, in the order in which nodes are joined, beginning at the first. Pairs
 * without a measure join nothing: where they are all that there is, a new tree begins and the result is a forest.
 */
export function spanningTree({ size, upper }: Symmetric): EdgeList {
  const source: number[] = [];
  const target: number[] = [];
  const weight: number[] = [];
  // what is still outside, each with its strongest correlation to the tree and where that leads
  const outside = Int32Array.from({ length: size }, (_, i) => i);
  const strongest = new Float64Array(size).fill(-2);
  const towards = new Int32Array(size).fill(-1);
  for (let left = size; left > 0; left--) {
    let next = 0;
    for (let k = 1; k < left; k++) {
      const [node, best] = [outside[k], outside[next]];
      if (strongest[node] > strongest[best] || (strongest[node] === strongest[best] && node < best)) next = k;
    }
    const joined = outside[next];
    outside[next] = outside[left - 1];
    if (towards[joined] >= 0) {
      source.push(Math.min(joined, towards[joined]));
      target.push(Math.max(joined, towards[joined]));
      weight.push(strongest[joined]);
    }
    const start = rowStart(joined, size);
    for (let k = 0; k < left - 1; k++) {
      const node = outside[k];
      const value = upper[joined < node ? start + node : rowStart(node, size) + joined];
      if (value > strongest[node]) {
        strongest[node] = value;
        towards[node] = joined;
      }
    }
  }
  return { source: new Int32Array(source), target: new Int32Array(target), weight: new Float64Array(weight) };
}
