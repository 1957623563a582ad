import { createRng } from '../../src/core/rng.js';
import { openBackend, type BackendName } from '../../src/tensor/backend.js';
import { initDense } from '../../src/tensor/layers/dense.js';
import { linear } from '../../src/tensor/ops/linear.js';
import { Adam } from '../../src/tensor/optim/adam.js';
import { serveRank } from '../../src/tensor/parallel/ranks.js';
import { flatten, variables } from '../../src/tensor/parameters.js';
import { tf, type Scalar } from '../../src/tensor/tensorflow.js';
import { trainStep } from '../../src/tensor/train-step.js';
import { normalTensor } from './gradients.js';

/** What a rank of the tests does. */
export interface RankTask {
  readonly backend: BackendName;
  readonly steps: number;
  /** Rows of each rank; equal parts when absent. */
  readonly rows?: readonly number[];
  /** Rank that throws, exits or hangs at a step. */
  readonly fault: { readonly rank: number; readonly step: number; readonly kind: 'throw' | 'exit' } | null;
}

export const [INPUTS, OUTPUTS, ROWS] = [5, 3, 24];

await serveRank<RankTask, number[]>(async ({ rank, world, task, reducer }) => {
  await openBackend(task.backend);
  const parameters = variables({ layer: initDense(createRng(1), INPUTS, OUTPUTS) });
  const optimizer = new Adam(parameters);
  const all = normalTensor(createRng(2), [ROWS, INPUTS]);
  const rows = task.rows ?? Array.from({ length: world }, () => ROWS / world);
  const mine = tf.slice(all, [rows.slice(0, rank).reduce((sum, count) => sum + count, 0), 0], [rows[rank], INPUTS]);
  for (let step = 0; step < task.steps; step++) {
    if (task.fault?.rank === rank && task.fault.step === step) {
      if (task.fault.kind === 'exit') process.exit(3);
      throw new Error('planted');
    }
    await trainStep({ parameters, optimizer, rate: 0.01, reducer, weight: rows[rank], loss: () => tf.mean<Scalar>(tf.square(tf.sub(linear(mine, parameters.layer.weight, parameters.layer.bias), 1))) });
  }
  return [...flatten(parameters).values()].flatMap((tensor) => [...tensor.dataSync()]);
});
