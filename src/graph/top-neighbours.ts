import { rowStart, type Symmetric } from './symmetric.js';

/** The nearest neighbours of every node, nearest first. */
export interface Neighbours {
  readonly size: number;
  /** Neighbours of each node: k, or all others where there are fewer. */
  readonly count: number;
  /** Node, −1 where a node has fewer with a defined measure. [node, rank] */
  readonly target: Int32Array;
  /** The measure with its sign, NaN where there is no neighbour. [node, rank] */
  readonly weight: Float64Array;
}

/** Candidates that a node collects, as a multiple of the neighbours wanted, before the weaker ones are dropped. */
const ROOM = 4;

/** For each node the `k` others with the largest absolute measure; of equal ones those with the smaller index. */
export function topNeighbours(measure: Symmetric, k: number): Neighbours {
  return new NeighbourSearch(k).top(measure);
}

/**
 * `topNeighbours` for one matrix after another, such as those of one day after another: what it finds does not depend on
 * the matrices before, but it finds it sooner when they were similar.
 *
 * One pass over the pairs: each is held against what a neighbour of its two nodes must exceed as far as is known. What is
 * weaker than all neighbours of the matrix before, as they are now, need not be collected.
 */
export class NeighbourSearch {
  readonly #k: number;
  #before: Neighbours = { size: 0, count: 0, target: new Int32Array(0), weight: new Float64Array(0) };
  #candidates = new Candidates(0, 0);

  constructor(k: number) {
    this.#k = k;
  }

  top(measure: Symmetric): Neighbours {
    const { size } = measure;
    const count = Math.min(this.#k, Math.max(0, size - 1));
    if (this.#before.size === size && this.#before.count === count) {
      this.#candidates.clear();
      boundFrom(measure, this.#before, this.#candidates.bound);
    } else this.#candidates = new Candidates(size, count);
    if (count > 0) search(measure, this.#candidates);
    return (this.#before = strongest(measure, count, this.#candidates));
  }
}

function search({ size, upper }: Symmetric, candidates: Candidates): void {
  const { bound } = candidates;
  const hits = new Int32Array(size);
  for (let i = 0; i < size - 1; i++) {
    const start = rowStart(i, size);
    const found = collect(upper, i, bound, hits);
    for (let hit = 0; hit < found; hit++) {
      const j = hits[hit];
      const value = Math.abs(upper[start + j]);
      if (value > bound[i]) candidates.add(i, j, value);
      if (value > bound[j]) candidates.add(j, i, value);
    }
  }
}

/** Nodes after i whose measure with i exceeds the bound of one of the two; a loop of its own, as most of the time is spent here. */
function collect(upper: Float64Array, i: number, bound: Float64Array, hits: Int32Array): number {
  const size = bound.length;
  const start = rowStart(i, size);
  const own = bound[i];
  let found = 0;
  for (let j = i + 1, at = start + j; j < size; j++, at++) {
    const value = Math.abs(upper[at]);
    hits[found] = j;
    found += value > own || value > bound[j] ? 1 : 0; // cheaper than a branch that is hard to foresee
  }
  return found;
}

/** Sets bounds just below the weakest of some k others: nothing that is not above it can be among the k strongest. */
function boundFrom({ size, upper }: Symmetric, { target, count }: Neighbours, bound: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let weakest = Infinity;
    for (let at = i * count; at < (i + 1) * count; at++) {
      const j = target[at];
      if (j < 0 || j === i) weakest = -1;
      else weakest = Math.min(weakest, Math.abs(upper[i < j ? rowStart(i, size) + j : rowStart(j, size) + i]));
    }
    if (weakest >= 0) bound[i] = weakest * (1 - 2 ** -52) - Number.MIN_VALUE; // of an undefined one (NaN) nothing follows
  }
}

/** Possible neighbours of each node, in the order in which they came. */
class Candidates {
  /** What a candidate must exceed. [node] */
  readonly bound: Float64Array;
  readonly length: Int32Array;
  /** [node, room] */
  readonly target: Int32Array;
  /** Absolute measure, [node, room]. */
  readonly strength: Float64Array;
  readonly room: number;
  readonly #count: number;

  constructor(size: number, count: number) {
    this.#count = count;
    this.room = ROOM * count;
    this.bound = new Float64Array(size).fill(-1);
    this.length = new Int32Array(size);
    this.target = new Int32Array(size * this.room);
    this.strength = new Float64Array(size * this.room);
  }

  clear(): void {
    this.bound.fill(-1);
    this.length.fill(0);
  }

  add(node: number, other: number, value: number): void {
    if (this.length[node] === this.room) {
      this.sort(node);
      this.length[node] = this.#count;
      this.bound[node] = this.strength[node * this.room + this.#count - 1];
      if (!(value > this.bound[node])) return;
    }
    const at = node * this.room + this.length[node]++;
    this.target[at] = other;
    this.strength[at] = value;
  }

  /** Sorts a node's candidates, strongest first; equal ones stay in order. */
  sort(node: number): void {
    const { strength, target } = this;
    const start = node * this.room;
    const end = start + this.length[node];
    for (let next = start + 1; next < end; next++) {
      const value = strength[next];
      const other = target[next];
      let at = next;
      for (; at > start && strength[at - 1] < value; at--) {
        strength[at] = strength[at - 1];
        target[at] = target[at - 1];
      }
      strength[at] = value;
      target[at] = other;
    }
  }
}

function strongest({ size, upper }: Symmetric, count: number, candidates: Candidates): Neighbours {
  const target = new Int32Array(size * count).fill(-1);
  const weight = new Float64Array(size * count).fill(Number.NaN);
  for (let i = 0; i < size; i++) {
    candidates.sort(i);
    const from = i * candidates.room;
    for (let rank = 0; rank < Math.min(count, candidates.length[i]); rank++) {
      const j = candidates.target[from + rank];
      target[i * count + rank] = j;
      weight[i * count + rank] = upper[i < j ? rowStart(i, size) + j : rowStart(j, size) + i];
    }
  }
  return { size, count, target, weight };
}
