import { setImmediate } from 'node:timers/promises';

import { InvariantError } from '../core/errors.js';
import type { EventStream } from '../core/events.js';
import { Adam } from '../tensor/optim/adam.js';
import { parameterCount } from '../tensor/parameters.js';
import { tf } from '../tensor/tensorflow.js';
import { averagedGradients, type StepGradients } from './averaged-gradients.js';
import { CheckpointKeeper } from './checkpoint-keeper.js';
import { bestEpoch, epochsWithoutGain, START, type TrainingState } from './progress-state.js';
import type { EpochRecord, TrainerSettings, TrainEvent, TrainingBatches, TrainingTask, TrainResult } from './task.js';

/**
 * Trains a network: epochs of steps, validation, checkpoints, early stopping, in the order and words of Lightning's Trainer.
 *
 * The same task, data, settings and seed give the same weights bit for bit, also when a training is cut off anywhere and resumed: the order
 * of batches and what is dropped follow from seed, epoch and step alone. Over ranks, each calls it with its own data and a `reducer`.
 * The stream ends with the weights of the last step in the parameters; `files.best` has the best.
 * @throws InvariantError `DIVERGED` when loss or gradients are not finite, or for settings out of range
 */
export async function* train<Batch>(task: TrainingTask<Batch>, batches: TrainingBatches<Batch>, settings: TrainerSettings): EventStream<TrainEvent, TrainResult> {
  requireSettings(settings);
  const optimizer = new Adam(task.parameters, settings.optimizer);
  const run = new Run(task, limited(batches, settings), settings, optimizer);
  let isWhole = false;
  try {
    const result = yield* run.whole();
    isWhole = true;
    return result;
  } finally {
    if (!isWhole) optimizer.dispose(); // nobody gets it: an error, or the reader has left
  }
}

function requireSettings({ rate, maxEpochs, maxSteps = 1, accumulate = 1, patience = 1 }: TrainerSettings): void {
  const isFine = rate > 0 && [maxEpochs, maxSteps, accumulate, patience].every((count) => Number.isInteger(count) && count >= 1);
  if (!isFine) throw new InvariantError(`expected a rate above 0 and whole numbers of at least 1, found rate ${rate}, maxEpochs ${maxEpochs}, maxSteps ${maxSteps}, accumulate ${accumulate}, patience ${patience}`);
}

/** The batches that the settings leave of an epoch. */
function limited<Batch>(batches: TrainingBatches<Batch>, { fastDevRun = false, overfitBatches }: TrainerSettings): TrainingBatches<Batch> {
  const most = fastDevRun ? 1 : overfitBatches;
  if (most === undefined) return batches;
  const count = Math.min(most, batches.count);
  const { validation } = batches;
  return {
    ...batches,
    count,
    train: (epoch, from) => first(batches.train(overfitBatches === undefined ? epoch : 0, from), count - from),
    validation: overfitBatches !== undefined ? () => first(batches.train(0, 0), count) : validation && (() => first(validation(), 1)),
  };
}

function* first<T>(all: Iterable<T>, count: number): Generator<T, void, void> {
  let left = count;
  if (left <= 0) return;
  for (const one of all) {
    yield one;
    if (--left === 0) return;
  }
}

class Run<Batch> {
  readonly #task: TrainingTask<Batch>;
  readonly #batches: TrainingBatches<Batch>;
  readonly #settings: TrainerSettings;
  readonly #optimizer: Adam;
  readonly #keeper: CheckpointKeeper | null;
  readonly #watch: string;
  readonly #now: () => number;
  readonly #started: number;
  #state: TrainingState = START;
  #reason: string | null = null;

  constructor(task: TrainingTask<Batch>, batches: TrainingBatches<Batch>, settings: TrainerSettings, optimizer: Adam) {
    this.#task = task;
    this.#batches = batches;
    this.#settings = settings;
    this.#optimizer = optimizer;
    this.#watch = settings.watch ?? 'loss';
    this.#now = settings.now ?? ((): number => performance.now());
    this.#started = this.#now();
    const { checkpoints, fastDevRun = false, reducer } = settings;
    const isWriter = checkpoints !== undefined && !fastDevRun && (reducer === undefined || reducer.rank === 0);
    this.#keeper = isWriter ? new CheckpointKeeper(checkpoints, this.#watch, task.parameters, optimizer) : null;
  }

  async *whole(): EventStream<TrainEvent, TrainResult> {
    const resumed = (await this.#keeper?.resume()) ?? null;
    this.#state = resumed ?? START;
    yield { kind: 'started', parameters: parameterCount(this.#task.parameters), epoch: this.#state.epoch, step: this.#state.step, resumed: resumed !== null };
    this.#reason = this.#reasonToStop();
    while (this.#reason === null) {
      yield* this.#epoch();
      this.#reason ??= this.#reasonToStop();
    }
    yield { kind: 'stopped', reason: this.#reason };
    return this.#result(this.#reason);
  }

  /** The rest of the epoch that is under way. */
  async *#epoch(): AsyncGenerator<TrainEvent, void, void> {
    const began = this.#now();
    const { accumulate = 1, checkpoints } = this.#settings;
    let pending: Batch[] = [];
    for (const batch of this.#batches.train(this.#state.epoch, this.#state.batch)) {
      // signals, timers and whoever draws the progress get their turn: on a heap of our own nothing here waits by itself
      await setImmediate();
      this.#settings.signal?.throwIfAborted();
      pending.push(batch);
      if (pending.length < accumulate && this.#state.batch + pending.length < this.#batches.count) continue;
      const group = pending;
      pending = [];
      yield await this.#step(group);
      if (this.#keeper && checkpoints?.every !== undefined && this.#state.step % checkpoints.every === 0) yield { kind: 'checkpoint', file: await this.#keeper.keepLast(this.#state), reason: 'step' };
      this.#reason = this.#limit();
      if (this.#reason !== null && this.#state.batch < this.#batches.count) {
        if (this.#keeper) yield { kind: 'checkpoint', file: await this.#keeper.keepLast(this.#state), reason: 'step' };
        return;
      }
    }
    yield* this.#endEpoch(began);
  }

  async #step(group: readonly Batch[]): Promise<TrainEvent> {
    const { rate, schedule, gradientsEvery, reducer, seed } = this.#settings;
    const { step, epoch } = this.#state;
    const factor = rate * (schedule?.(step) ?? 1);
    const sizes = group.map((batch) => this.#batches.size?.(batch) ?? 1);
    const found = averagedGradients(this.#task, group, sizes, dropSeedOf(seed, step, reducer?.rank ?? 0));
    for (const batch of group) this.#task.release?.(batch);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    const { loss, norm, gradients } = await this.#apply({ ...found, size }, factor, gradientsEvery !== undefined && (step + 1) % gradientsEvery === 0);
    this.#state = { ...this.#state, batch: this.#state.batch + group.length, step: step + 1, lossSum: this.#state.lossSum + loss * size, sizeSum: this.#state.sizeSum + size };
    return { kind: 'step', epoch, step: step + 1, batch: this.#state.batch, batches: this.#batches.count, loss, norm, rate: factor, gradients };
  }

  async #apply({ loss, gradients, size }: StepGradients & { readonly size: number }, rate: number, withNorms: boolean): Promise<{ loss: number; norm: number; gradients: Record<string, number> | null }> {
    const { reducer } = this.#settings;
    let means = gradients;
    try {
      const value = (await loss.data())[0];
      if (!Number.isFinite(value)) throw new InvariantError(`expected a finite loss, found ${value} at step ${this.#state.step + 1}`, { code: 'DIVERGED' });
      if (reducer) means = await reducer.mean(gradients, size);
      const norms = withNorms ? Object.fromEntries(await Promise.all([...means].map(async ([name, tensor]) => [name, Math.hypot(...(await tensor.data()))] as const))) : null;
      return { loss: value, norm: this.#optimizer.step(means, rate), gradients: norms };
    } finally {
      loss.dispose();
      tf.dispose([...means.values()]);
    }
  }

  async *#endEpoch(began: number): AsyncGenerator<TrainEvent, void, void> {
    const { epoch, step, lossSum, sizeSum, history } = this.#state;
    const record: EpochRecord = { epoch, step, train: lossSum / sizeSum, validation: await this.#validation() };
    const all = [...history, record];
    this.#state = { ...START, epoch: epoch + 1, step, history: all };
    yield { kind: 'epoch', ...record, isBest: bestEpoch(all, this.#watch) === record, seconds: (this.#now() - began) / 1000 };
    if (this.#keeper === null) return;
    const best = await this.#keeper.keepBest(all);
    if (best !== null) yield { kind: 'checkpoint', file: best, reason: 'best' };
    yield { kind: 'checkpoint', file: await this.#keeper.keepLast(this.#state), reason: 'epoch' };
  }

  async #validation(): Promise<Readonly<Record<string, number | null>>> {
    const { validation } = this.#batches;
    if (validation === null) return {};
    let [sum, count] = [0, 0];
    for (const batch of validation()) {
      this.#settings.signal?.throwIfAborted();
      const size = this.#batches.size?.(batch) ?? 1;
      const loss = tf.tidy(() => this.#task.loss(batch, null));
      sum += (await loss.data())[0] * size;
      count += size;
      loss.dispose();
      this.#task.release?.(batch);
    }
    return { loss: count === 0 ? null : sum / count, ...(await this.#task.validate?.(validation)) };
  }

  /** A limit that may be met within an epoch. */
  #limit(): string | null {
    const { maxSteps, maxSeconds } = this.#settings;
    if (maxSteps !== undefined && this.#state.step >= maxSteps) return `${maxSteps} steps are done`;
    if (maxSeconds !== undefined && this.#now() - this.#started >= maxSeconds * 1000) return `${maxSeconds} s are over`;
    return null;
  }

  #reasonToStop(): string | null {
    const { maxEpochs, patience, minDelta = 0, fastDevRun = false } = this.#settings;
    const { history } = this.#state;
    if (fastDevRun && history.length > 0) return 'one batch was tried';
    if (history.length >= maxEpochs) return `${maxEpochs} epochs are done`;
    const without = epochsWithoutGain(history, this.#watch, minDelta);
    if (patience !== undefined && history.length > 0 && without >= patience) return `"${this.#watch}" has not improved for ${without} epochs`;
    return this.#limit();
  }

  #result(reason: string): TrainResult {
    const { history, step } = this.#state;
    const best = bestEpoch(history, this.#watch);
    return { history, best, steps: step, reason, files: this.#keeper && { best: best && this.#keeper.fileOf(best), last: this.#keeper.last }, optimizer: this.#optimizer };
  }
}

/** 32 bits by seed, step and rank, so that a resumed step drops what it would have dropped. */
function dropSeedOf(seed: number, step: number, rank: number): number {
  let hash = (seed ^ 0x811c9dc5) | 0;
  for (const part of [step, rank]) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}
