import { InvariantError } from '../core/errors.js';
import { Adam, type AdamSettings } from '../tensor/optim/adam.js';
import { flatten } from '../tensor/parameters.js';
import { trainStep } from '../tensor/train-step.js';
import { tf } from '../tensor/tensorflow.js';
import type { TrainingBatches, TrainingTask } from './task.js';

export interface RateFinderSettings {
  /** First and last rate; they rise by the same factor every step. */
  readonly lowest?: number;
  readonly highest?: number;
  readonly steps?: number;
  readonly optimizer?: AdamSettings;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

export interface RateFound {
  /** Rates tried, and the smoothed loss at each; shorter than `steps` where the loss blew up. */
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  /** Where the smoothed loss falls steepest; null where it falls nowhere. */
  readonly suggestion: number | null;
}

/** Weight of the losses before in the smoothed one. */
const SMOOTHING = 0.9;
/** The loss has blown up when it is so many times the least. */
const BLOWN = 4;
/** Steps left out at both ends, where smoothing or chaos decides. */
const [SKIP_FIRST, SKIP_LAST] = [10, 1];

/**
 * Finds a learning rate by training while it rises (Smith 2017, "Cyclical learning rates", section 3.3; the suggestion is where the loss
 * falls steepest, as fastai and Lightning take it). The parameters are afterwards what they were before.
 */
export async function findRate<Batch>(task: TrainingTask<Batch>, batches: TrainingBatches<Batch>, { lowest = 1e-6, highest = 1, steps = 100, optimizer: adam, seed, signal }: RateFinderSettings): Promise<RateFound> {
  if (!(lowest > 0 && highest > lowest && Number.isInteger(steps) && steps > SKIP_FIRST + SKIP_LAST)) throw new InvariantError(`expected 0 < lowest < highest and more than ${SKIP_FIRST + SKIP_LAST} steps, found ${lowest}, ${highest}, ${steps}`);
  const before = new Map([...flatten(task.parameters)].map(([name, tensor]) => [name, tf.tensor(tensor.dataSync().slice(), tensor.shape)]));
  const optimizer = new Adam(task.parameters, adam);
  const [rates, losses]: [number[], number[]] = [[], []];
  try {
    let [mean, least] = [0, Infinity];
    for (const batch of endless(batches, steps)) {
      signal?.throwIfAborted();
      const step = rates.length;
      const rate = lowest * (highest / lowest) ** (step / (steps - 1));
      const found = await trainStep({ parameters: task.parameters, optimizer, rate, loss: () => task.loss(batch, (seed + step) | 0) }).catch(stopWhenDiverged);
      task.release?.(batch);
      if (found === null) break;
      mean = SMOOTHING * mean + (1 - SMOOTHING) * found.loss;
      const smooth = mean / (1 - SMOOTHING ** (step + 1)); // as if there had been losses like these before the first
      rates.push(rate);
      losses.push(smooth);
      least = Math.min(least, smooth);
      if (smooth > BLOWN * least && step > SKIP_FIRST) break;
    }
  } finally {
    for (const [name, tensor] of flatten(task.parameters)) (tensor as ReturnType<typeof tf.variable>).assign(before.get(name)!);
    tf.dispose([...before.values()]);
    optimizer.dispose();
  }
  return { rates, losses, suggestion: steepest(rates, losses) };
}

function stopWhenDiverged(error: unknown): null {
  if ((error as { code?: string }).code === 'DIVERGED') return null;
  throw error;
}

function* endless<Batch>(batches: TrainingBatches<Batch>, count: number): Generator<Batch, void, void> {
  let left = count;
  for (let epoch = 0; left > 0; epoch++) {
    for (const batch of batches.train(epoch, 0)) {
      yield batch;
      if (--left === 0) return;
    }
  }
}

/** Rate at the steepest fall, by the difference of the neighbours on both sides. */
function steepest(rates: readonly number[], losses: readonly number[]): number | null {
  let [at, slope] = [-1, 0];
  for (let i = SKIP_FIRST; i < losses.length - SKIP_LAST; i++) {
    const found = losses[i + 1] - losses[i - 1];
    if (found < slope) [at, slope] = [i, found];
  }
  return at < 0 ? null : rates[at];
}
