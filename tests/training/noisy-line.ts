import { createRng } from '../../src/core/rng.js';
import { dense, initDense, type Dense } from '../../src/tensor/layers/dense.js';
import { dropout } from '../../src/tensor/ops/dropout.js';
import { variables } from '../../src/tensor/parameters.js';
import { tf, type Scalar, type Tensor2D } from '../../src/tensor/tensorflow.js';
import type { TrainingBatches, TrainingTask } from '../../src/training/task.js';

/** Rows of x [rows, 4] and y = x w + noise. */
export interface LineBatch {
  readonly x: Tensor2D;
  readonly y: Tensor2D;
  readonly size: number;
}

const WEIGHTS = [1, -2, 0.5, 3];

function batchOf(seed: string, size: number): LineBatch {
  const rng = createRng(11).fork(seed);
  const x = Float32Array.from({ length: size * 4 }, () => rng.normal());
  const y = Float32Array.from({ length: size }, (_, i) => WEIGHTS.reduce((sum, w, j) => sum + w * x[i * 4 + j], 0.1 * rng.normal()));
  return { x: tf.tensor2d(x, [size, 4]), y: tf.tensor2d(y, [size, 1]), size };
}

/** A regression that can be learnt, with dropout on its inputs, the last batch of an epoch smaller than the others. */
export function noisyLine({ batches = 5, rate = 0, size = 16 }: { readonly batches?: number; readonly rate?: number; readonly size?: number } = {}): { task: TrainingTask<LineBatch>; data: TrainingBatches<LineBatch>; params: Dense } {
  const params = variables(initDense(createRng(3), 4, 1));
  return {
    params,
    task: {
      parameters: params,
      loss: ({ x, y }, seed) => tf.mean<Scalar>(tf.square(tf.sub(dense(params, dropout(x, seed === null ? null : { rate, seed })), y))),
      release: ({ x, y }) => tf.dispose([x, y]),
    },
    data: {
      count: batches,
      *train(epoch, from) {
        for (let i = from; i < batches; i++) yield batchOf(`${epoch} ${i}`, i === batches - 1 && size === 16 ? 3 : size);
      },
      *validation() {
        for (let i = 0; i < 2; i++) yield batchOf(`validation ${i}`, 20);
      },
      size: (batch) => batch.size,
    },
  };
}
