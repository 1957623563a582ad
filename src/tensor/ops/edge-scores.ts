import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';
import type { Edges } from './neighbours.js';

export interface EdgeScores {
  /** What a node is as the source of an edge and as its target, [nodes, heads × d]. */
  readonly source: Tensor;
  readonly target: Tensor;
  /** What the edge itself adds, [edges, heads × d]; null: nothing. */
  readonly feature: Tensor | null;
  /** [heads, d]. */
  readonly vector: Tensor;
  readonly edges: Edges;
  /** Slope of the leaky relu below zero (0 ≤ slope < 1). */
  readonly slope: number;
}

/** vector · leaky relu(source + target + feature) of each edge and head, [edges, heads] (Brody, Alon, Yahav 2022, equation 7). */
export function edgeScores(input: EdgeScores): Tensor2D {
  const { source, target, feature, vector, edges } = input;
  const width = vector.size;
  const isFit = [source, target].every(({ shape }) => shape.length === 2 && shape[0] === edges.nodes && shape[1] === width) && (feature === null || (feature.shape[0] === edges.sources.size && feature.shape[1] === width));
  if (!isFit) throw new InvariantError(`expected nodes [${edges.nodes}, ${width}] and edges [${edges.sources.size}, ${width}], found [${source.shape.join(', ')}], [${target.shape.join(', ')}] and [${feature?.shape.join(', ') ?? ''}] in edgeScores`);
  const heap = activeHeap();
  return heap === null ? plain(input) : fused(heap, input);
}

function plain({ source, target, feature, vector, edges, slope }: EdgeScores): Tensor2D {
  const [heads, d] = vector.shape as [number, number];
  const ends: Tensor = tf.add(tf.gather(source, edges.sources), tf.gather(target, edges.targets)); // [edge, head × d]
  const bent = tf.leakyRelu(feature ? tf.add(ends, feature) : ends, slope);
  return tf.sum(tf.mul(tf.reshape(bent, [-1, heads, d]), vector), 2);
}

type Input = 'source' | 'target' | 'feature' | 'vector';

function fused(heap: Heap, { source, target, feature, vector, edges: { sources, targets, nodes }, slope }: EdgeScores): Tensor2D {
  const { kernels } = heap;
  const [heads, d] = vector.shape as [number, number];
  const at = (tensor: Tensor | null): number => (tensor ? heap.address(tensor) : 0);
  return customOp<Input>({
    inputs: { source, target, ...(feature ? { feature } : {}), vector },
    forward: (save) => {
      const scores = heap.output([sources.size, heads]);
      kernels.edgeScores(at(source), at(target), at(feature), at(vector), at(sources), at(targets), at(scores), sources.size, heads, d, slope);
      save([source, target, vector, sources, targets, ...(feature ? [feature] : [])]);
      return [scores];
    },
    backward: ([dScores], [source_, target_, vector_, sources_, targets_, ...rest]) => {
      const feature_ = feature ? rest[0] : null;
      const made = { source: heap.output(source_.shape), target: heap.output(target_.shape), vector: heap.output(vector_.shape), feature: feature_ ? heap.output(feature_.shape) : null };
      kernels.edgeScoresBackward(at(source_), at(target_), at(feature_), at(vector_), at(sources_), at(targets_), at(dScores), at(made.source), at(made.target), at(made.feature), at(made.vector), nodes, sources_.size, heads, d, slope);
      return { source: () => made.source, target: () => made.target, vector: () => made.vector, ...(made.feature ? { feature: () => made.feature as Tensor } : {}) };
    },
  })[0] as Tensor2D;
}
