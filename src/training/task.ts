import type { Adam, AdamSettings } from '../tensor/optim/adam.js';
import type { Schedule } from '../tensor/optim/schedules.js';
import type { Reducer } from '../tensor/parallel/reducer.js';
import type { ParameterTree } from '../tensor/parameters.js';
import type { Scalar } from '../tensor/tensorflow.js';

/** What is learnt: a network with its losses. `Batch` is whatever the data gives. */
export interface TrainingTask<Batch> {
  /** Variables, which training changes in place. */
  readonly parameters: ParameterTree;
  /** Mean loss of a batch; `dropSeed` is of this step, null in validation, when nothing is dropped. */
  loss(batch: Batch, dropSeed: number | null): Scalar;
  /** Further figures over the validation batches at the end of an epoch, by name; `null` where undefined. */
  validate?(batches: () => Iterable<Batch>): Promise<Readonly<Record<string, number | null>>>;
  /** Frees what a batch holds. */
  release?(batch: Batch): void;
}

/** Batches to learn from; every call gives an iterator of its own, so nothing is held that was not asked for. */
export interface TrainingBatches<Batch> {
  /** Batches of an epoch. */
  readonly count: number;
  /** Those of an epoch from the batch `from` on: the same for the same epoch, whatever went before. */
  train(epoch: number, from: number): Iterable<Batch>;
  /** Null: nothing is watched. */
  readonly validation: (() => Iterable<Batch>) | null;
  /** Samples in a batch, which weight its loss in a mean; 1 each when absent. */
  size?(batch: Batch): number;
}

export interface TrainerSettings {
  /** Learning rate at factor 1. */
  readonly rate: number;
  readonly schedule?: Schedule;
  readonly optimizer?: AdamSettings;
  readonly maxEpochs: number;
  readonly maxSteps?: number;
  /** Seconds; after that the epoch is left where it stands, and `resume` goes on there. */
  readonly maxSeconds?: number;
  /** Batches whose gradients are averaged into a step. */
  readonly accumulate?: number;
  /** What `watch` says must fall, and by how much more than noise, in so many epochs; absent: never stopped early. */
  readonly patience?: number;
  readonly minDelta?: number;
  /** Figure that is watched, the less the better: `loss` or one of `validate`; `-name` watches one that should rise. */
  readonly watch?: string;
  /** One batch of training and one of validation, nothing written: whether it runs at all. */
  readonly fastDevRun?: boolean;
  /** Only so many batches, the same in every epoch, and watched themselves: whether it can learn anything. */
  readonly overfitBatches?: number;
  /** Norms of the parameters' gradients by name in the events of every so many steps; absent: none. */
  readonly gradientsEvery?: number;
  readonly seed: number;
  readonly checkpoints?: CheckpointSettings;
  readonly reducer?: Reducer;
  readonly signal?: AbortSignal;
  /** Milliseconds; the clock of `maxSeconds` and of the speeds that are told. */
  readonly now?: () => number;
}

export interface CheckpointSettings {
  readonly folder: string;
  /** Best epochs that are kept, by what is watched. */
  readonly top?: number;
  /** Steps between the checkpoints to resume from; those at the end of epochs are written anyway. */
  readonly every?: number;
  /** Goes on from the last checkpoint of the folder where there is one. */
  readonly resume?: boolean;
  /** Written into every checkpoint: what makes it usable by itself. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** An epoch that is over. */
export interface EpochRecord {
  readonly epoch: number;
  /** Steps until its end. */
  readonly step: number;
  /** Mean loss of its batches. */
  readonly train: number;
  /** `loss` on the validation batches and the task's own figures; empty without. */
  readonly validation: Readonly<Record<string, number | null>>;
}

export type TrainEvent =
  | { readonly kind: 'started'; readonly parameters: number; readonly epoch: number; readonly step: number; readonly resumed: boolean }
  | { readonly kind: 'step'; readonly epoch: number; readonly step: number; readonly batch: number; readonly batches: number; readonly loss: number; readonly norm: number; readonly rate: number; readonly gradients: Readonly<Record<string, number>> | null }
  | ({ readonly kind: 'epoch'; readonly isBest: boolean; readonly seconds: number } & EpochRecord)
  | { readonly kind: 'checkpoint'; readonly file: string; readonly reason: 'step' | 'epoch' | 'best' }
  | { readonly kind: 'stopped'; readonly reason: string };

export interface TrainResult {
  readonly history: readonly EpochRecord[];
  readonly best: EpochRecord | null;
  readonly steps: number;
  readonly reason: string;
  /** Where the best parameters and those to resume from lie; null without a folder. */
  readonly files: { readonly best: string | null; readonly last: string } | null;
  readonly optimizer: Adam;
}
