import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';
import { dropout, dropSettings, type Drop, type DropSettings } from './dropout.js';

/** Directed edges of a graph, ordered by target. */
export interface Edges {
  /** Node that an edge comes from and the one it goes to, int32 [edges]. */
  readonly sources: Tensor1D;
  readonly targets: Tensor1D;
  /** Place of the first edge of each target, and the number of edges at the end, int32 [nodes + 1]. */
  readonly starts: Tensor1D;
  readonly nodes: number;
  /** Where each edge stood in the list that was given. */
  readonly order: Int32Array;
}

/** Orders edges [source, target] by target, those of one target as they were given. Throws `InvariantError` for a node that is not there. */
export function edgesOf(pairs: readonly (readonly [number, number])[], nodes: number): Edges {
  for (const [i, [source, target]] of pairs.entries()) if (!Number.isInteger(source) || !Number.isInteger(target)) throw new InvariantError(`expected whole numbers of nodes, found edge ${i} from ${source} to ${target}`);
  return edgesByTarget(Int32Array.from(pairs, ([source]) => source), Int32Array.from(pairs, ([, target]) => target), nodes);
}

/** The same for columns of sources and targets. */
export function edgesByTarget(source: Int32Array, target: Int32Array, nodes: number): Edges {
  if (source.length !== target.length) throw new InvariantError(`expected a target for each of ${source.length} sources, found ${target.length}`);
  const isThere = (node: number): boolean => node >= 0 && node < nodes;
  const starts = new Int32Array(nodes + 1);
  for (let i = 0; i < target.length; i++) {
    if (!isThere(source[i]) || !isThere(target[i])) throw new InvariantError(`expected nodes 0 to ${nodes - 1}, found edge ${i} from ${source[i]} to ${target[i]}`);
    starts[target[i] + 1]++;
  }
  for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
  const next = starts.slice(0, nodes);
  const order = new Int32Array(target.length);
  for (let i = 0; i < target.length; i++) order[next[target[i]]++] = i;
  const column = (ends: Int32Array): Tensor1D => tf.tensor1d(order.map((place) => ends[place]), 'int32');
  return { sources: column(source), targets: column(target), starts: tf.tensor1d(starts, 'int32'), nodes, order };
}

export function disposeEdges({ sources, targets, starts }: Edges): void {
  tf.dispose([sources, targets, starts]);
}

export interface Attended {
  /** [nodes, heads, d]. */
  readonly out: Tensor3D;
  /** Softmax of the scores within a target, before any dropout, [edges, heads]. */
  readonly attention: Tensor2D;
}

/**
 * Each node's mean of its neighbours' values [nodes, heads, d], weighted by the softmax of the scores [edges, heads] of its incoming edges; a
 * node without any gets zeros. With dropout a part of the weights is zero in the mean and the others are scaled.
 */
export function attendNeighbours(scores: Tensor, values: Tensor, edges: Edges, drop: Drop | null = null): Attended {
  const heap = activeHeap();
  return heap === null ? plain(scores, values, edges, drop) : fused(heap, { scores, values, edges, settings: dropSettings(drop) });
}

function plain(scores: Tensor, values: Tensor, { sources, targets, nodes }: Edges, drop: Drop | null): Attended {
  const [, heads] = scores.shape as [number, number];
  const e = tf.exp(tf.sub(scores, tf.gather(greatest(scores, targets, nodes), targets)));
  const sums = tf.unsortedSegmentSum(e, targets, nodes); // [node, head]
  const attention = tf.div<Tensor2D>(e, tf.gather(sums, targets));
  const weighted = tf.mul(tf.gather(values, sources), tf.reshape(dropout(attention, drop), [-1, heads, 1]));
  return { out: tf.unsortedSegmentSum(weighted, targets, nodes) as Tensor3D, attention };
}

/** Greatest score of each target, [nodes, heads]: it cancels in the softmax, so it is no part of the gradient, and there is no such operation by segment. */
function greatest(scores: Tensor, targets: Tensor1D, nodes: number): Tensor2D {
  const [values, ids] = [scores.dataSync(), targets.dataSync()];
  const heads = scores.shape[1] as number;
  const most = new Float32Array(nodes * heads).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const place = ids[Math.floor(i / heads)] * heads + (i % heads);
    most[place] = Math.max(most[place], values[i]);
  }
  return tf.tensor2d(most, [nodes, heads]);
}

interface FusedInput {
  readonly scores: Tensor;
  readonly values: Tensor;
  readonly edges: Edges;
  readonly settings: DropSettings;
}

function fused(heap: Heap, { scores, values, edges: { sources, starts, nodes }, settings: { seed, threshold, scale } }: FusedInput): Attended {
  const { kernels } = heap;
  const [count, heads, d] = values.shape as [number, number, number];
  tf.util.assert(scores.shape[0] === sources.size && scores.shape[1] === heads && count === nodes, () => `expected scores [${sources.size}, ${heads}] and values of ${nodes} nodes, found [${scores.shape.join(', ')}] and ${count} in attendNeighbours`);
  const [out, attention] = customOp<'scores' | 'values'>({
    inputs: { scores, values },
    forward: (save) => {
      const [y, weights] = [heap.output([nodes, heads, d]), heap.output(scores.shape)];
      kernels.neighboursForward(heap.address(scores), heap.address(values), heap.address(sources), heap.address(starts), heap.address(weights), heap.address(y), nodes, heads, d, seed, threshold, scale);
      save([values, weights, sources, starts]);
      return [y, weights];
    },
    backward: ([dOut, dAttention], [values_, weights, sources_, starts_]) => {
      const made = { scores: heap.output(weights.shape), values: heap.output(values_.shape) };
      kernels.neighboursBackward(heap.address(weights), heap.address(values_), heap.address(sources_), heap.address(starts_), heap.address(dOut), heap.address(dAttention), heap.address(made.scores), heap.address(made.values), count, nodes, heads, d, seed, threshold, scale);
      return { scores: () => made.scores, values: () => made.values };
    },
  });
  return { out: out as Tensor3D, attention: attention as Tensor2D };
}
