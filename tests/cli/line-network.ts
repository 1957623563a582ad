import type { EventStream } from '../../src/core/events.js';
import { createRng } from '../../src/core/rng.js';
import type { Samples } from '../../src/dataset/samples.js';
import type { FitContext, FitEvent, FittedForecaster, Forecaster, TrainingData } from '../../src/models/forecaster.js';
import { openBackend } from '../../src/tensor/backend.js';
import { dense, initDense } from '../../src/tensor/layers/dense.js';
import { disposeTree, variables } from '../../src/tensor/parameters.js';
import { tf, type Scalar, type Tensor2D } from '../../src/tensor/tensorflow.js';
import type { TrainingBatches } from '../../src/training/task.js';
import { train } from '../../src/training/trainer.js';

interface Batch {
  readonly x: Tensor2D;
  readonly y: Tensor2D;
}

const SIZE = 32;
const MOST_BATCHES = 40;

/** The smallest network there is, learnt by the real trainer: a line through the features. `pause` milliseconds before each batch. */
export function lineNetwork({ epochs = 3, pause = 0, rate = 0.05 }: { readonly epochs?: number; readonly pause?: number; readonly rate?: number } = {}): Forecaster {
  return {
    name: 'line', describe: 'a line through the features, learnt as a network', params: { epochs }, features: null, learns: true, isNetwork: true,
    async *fit(data: TrainingData, context: FitContext): EventStream<FitEvent, FittedForecaster> {
      await openBackend('wasm');
      const { train: samples, validation } = data;
      const params = variables(initDense(createRng(context.seed), samples.features.length, 1));
      const task = {
        parameters: params,
        loss: ({ x, y }: Batch): Scalar => tf.mean<Scalar>(tf.square(tf.sub(dense(params, x), y))),
        release: ({ x, y }: Batch): void => tf.dispose([x, y]),
        validate: async () => ({ rankIc: 0.02 }),
      };
      const { maxEpochs = epochs, ...limits } = context.training ?? {};
      const stream = train(task, batchesOf(samples, validation), { rate, maxEpochs, seed: context.seed, ...(context.signal ? { signal: context.signal } : {}), ...limits });
      try {
        for (let step = await stream.next(); ; step = await stream.next()) {
          if (step.done) {
            step.value.optimizer.dispose();
            break;
          }
          yield { kind: 'training', event: step.value };
          if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        }
        return fitted(samples.features, [...tf.concat([tf.reshape(params.weight, [-1]), tf.reshape(params.bias, [-1])]).dataSync()]);
      } finally {
        disposeTree(params);
      }
    },
    load: async (files) => {
      const { features, weights } = JSON.parse(files['line.json'] as string) as { features: string[]; weights: number[] };
      return fitted(features, weights);
    },
  };
}

function batchesOf(samples: Samples, validation: Samples): TrainingBatches<Batch> {
  const count = Math.min(MOST_BATCHES, Math.floor(samples.length / SIZE));
  const at = (from: Samples, start: number): Batch => {
    const rows = Array.from({ length: Math.min(SIZE, from.length - start) }, (_, i) => start + i);
    const value = (one: number): number => (Number.isFinite(one) ? one : 0);
    return { x: tf.tensor2d(rows.map((row) => from.features.map((_, f) => value(from.x[f * from.length + row])))), y: tf.tensor2d(rows.map((row) => [value(from.y![row])])) };
  };
  return {
    count,
    *train(epoch, from) {
      for (let i = from; i < count; i++) yield at(samples, ((i + epoch) % count) * SIZE);
    },
    *validation() {
      yield at(validation, 0);
    },
  };
}

function fitted(features: readonly string[], weights: readonly number[]): FittedForecaster {
  const predict = async ({ x, length }: Samples): Promise<Float64Array> => Float64Array.from({ length }, (_, row) => features.reduce((sum, __, f) => sum + weights[f] * (Number.isFinite(x[f * length + row]) ? x[f * length + row] : 0), weights[features.length]));
  return {
    features, facts: {}, predict,
    explain: async (samples) => ({ features, values: new Float64Array(features.length * samples.length), base: await predict(samples) }),
    save: async () => ({ 'line.json': JSON.stringify({ features, weights }) }),
    dispose: () => undefined,
  };
}

