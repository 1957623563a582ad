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
  const outside = new Outside(size);
  for (let next = 0; outside.count > 0; ) {
    const { node: joined, towards, strength } = outside.take(next);
    if (towards >= 0) {
      source.push(Math.min(joined, towards));
      target.push(Math.max(joined, towards));
      weight.push(strength);
    }
    next = outside.reachFrom(joined, upper, size);
  }
  return { source: new Int32Array(source), target: new Int32Array(target), weight: new Float64Array(weight) };
}

/** Nodes that are not yet in the tree, each with its strongest tie to the tree and where that leads. */
class Outside {
  count: number;
  readonly #node: Int32Array;
  readonly #strongest: Float64Array;
  readonly #towards: Int32Array;

  constructor(size: number) {
    this.count = size;
    this.#node = Int32Array.from({ length: size }, (_, i) => i);
    this.#strongest = new Float64Array(size).fill(-2);
    this.#towards = new Int32Array(size).fill(-1);
  }

  /** Takes the node at a place out; the last one moves to its place. */
  take(place: number): { readonly node: number; readonly towards: number; readonly strength: number } {
    const taken = { node: this.#node[place], towards: this.#towards[place], strength: this.#strongest[place] };
    const last = --this.count;
    this.#node[place] = this.#node[last];
    this.#strongest[place] = this.#strongest[last];
    this.#towards[place] = this.#towards[last];
    return taken;
  }

  /** Learns the ties of a node that has joined; tells the place of the node to join next: the strongest tie, of equal ones the smallest index. */
  reachFrom(joined: number, upper: Float64Array, size: number): number {
    const [nodes, strongest, towards] = [this.#node, this.#strongest, this.#towards];
    const start = rowStart(joined, size);
    let best = 0;
    let bestStrength = -3;
    for (let place = 0; place < this.count; place++) {
      const node = nodes[place];
      const value = upper[joined < node ? start + node : rowStart(node, size) + joined];
      if (value > strongest[place]) {
        strongest[place] = value;
        towards[place] = joined;
      }
      const strength = strongest[place];
      if (strength > bestStrength || (strength === bestStrength && node < nodes[best])) {
        bestStrength = strength;
        best = place;
      }
    }
    return best;
  }
}
