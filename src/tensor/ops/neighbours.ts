import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';

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
  for (const [i, pair] of pairs.entries()) if (pair.some((node) => !Number.isInteger(node) || node < 0 || node >= nodes)) throw new InvariantError(`expected nodes 0 to ${nodes - 1}, found edge ${i} from ${pair[0]} to ${pair[1]}`);
  const order = Int32Array.from(pairs.keys()).sort((a, b) => pairs[a][1] - pairs[b][1] || a - b);
  const starts = new Int32Array(nodes + 1);
  for (const [, target] of pairs) starts[target + 1]++;
  for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
  const column = (end: 0 | 1): Tensor1D => tf.tensor1d(order.map((place) => pairs[place][end]), 'int32');
  return { sources: column(0), targets: column(1), starts: tf.tensor1d(starts, 'int32'), nodes, order };
}

export interface Attended {
  /** [nodes, heads, d]. */
  readonly out: Tensor3D;
  /** Softmax of the scores within a target, [edges, heads]. */
  readonly attention: Tensor2D;
}

/** Each node's mean of its neighbours' values [nodes, heads, d], weighted by the softmax of the scores [edges, heads] of its incoming edges; a node without any gets zeros. */
export function attendNeighbours(scores: Tensor, values: Tensor, edges: Edges): Attended {
  const heap = activeHeap();
  return heap === null ? plain(scores, values, edges) : fused(heap, scores, values, edges);
}

function plain(scores: Tensor, values: Tensor, { sources, targets, nodes }: Edges): Attended {
  const [, heads] = scores.shape as [number, number];
  // any shift within a target cancels in the softmax; their mean will do, as there is no maximum by segment
  const counts = tf.maximum(tf.unsortedSegmentSum(tf.ones([scores.shape[0], 1]), targets, nodes), 1);
  const means = tf.div(tf.unsortedSegmentSum(scores, targets, nodes), counts);
  const e = tf.exp(tf.sub(scores, tf.gather(means, targets)));
  const sums = tf.unsortedSegmentSum(e, targets, nodes); // [node, head]
  const attention = tf.div(e, tf.gather(sums, targets)) as Tensor2D;
  const weighted = tf.mul(tf.gather(values, sources), tf.reshape(attention, [-1, heads, 1]));
  return { out: tf.unsortedSegmentSum(weighted, targets, nodes) as Tensor3D, attention };
}

function fused(heap: Heap, scores: Tensor, values: Tensor, { sources, starts, nodes }: Edges): Attended {
  const { kernels } = heap;
  const [count, heads, d] = values.shape as [number, number, number];
  tf.util.assert(scores.shape[0] === sources.size && scores.shape[1] === heads, () => `expected scores [${sources.size}, ${heads}], found [${scores.shape.join(', ')}] in attendNeighbours`);
  const [out, attention] = customOp<'scores' | 'values'>({
    inputs: { scores, values },
    forward: (save) => {
      const [y, weights] = [heap.output([nodes, heads, d]), heap.output(scores.shape)];
      kernels.neighboursForward(heap.address(scores), heap.address(values), heap.address(sources), heap.address(starts), heap.address(weights), heap.address(y), nodes, heads, d);
      save([values, weights, sources, starts]);
      return [y, weights];
    },
    backward: ([dOut, dAttention], [values_, weights, sources_, starts_]) => {
      const made = { scores: heap.output(weights.shape), values: heap.output(values_.shape) };
      kernels.neighboursBackward(heap.address(weights), heap.address(values_), heap.address(sources_), heap.address(starts_), heap.address(dOut), heap.address(dAttention), heap.address(made.scores), heap.address(made.values), count, nodes, heads, d);
      return { scores: () => made.scores, values: () => made.values };
    },
  });
  return { out: out as Tensor3D, attention: attention as Tensor2D };
}
