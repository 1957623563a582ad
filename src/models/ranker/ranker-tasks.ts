import type { MessagePort } from 'node:worker_threads';

import type { FitEvent } from '../forecaster.js';
import type { Parameters } from './binding/call.js';
import type { LibraryFiles } from './binding/native.js';

/** Samples as they are sent to the worker; shared memory is not copied on the way. */
export interface TaskSamples {
  /** [feature, sample] */
  readonly x: Float32Array;
  readonly length: number;
  /** Samples of each session. */
  readonly counts: Int32Array;
}

export type LabelledTaskSamples = TaskSamples & { readonly y: Float64Array };

/** When training ends before all rounds; see the options. */
export interface Stopping {
  readonly metric: 'rank-ic' | 'loss';
  readonly patience: number;
  readonly atLeast: number;
}

export interface TrainTask {
  readonly library: LibraryFiles;
  readonly parameters: Parameters;
  readonly features: readonly string[];
  readonly train: LabelledTaskSamples;
  /** `null` where nothing is watched. */
  readonly watched: { readonly samples: LabelledTaskSamples; readonly stopping: Stopping } | null;
  readonly rounds: number;
  /** Classes that labels are cut into within their session; `null` where they are learnt as they are. */
  readonly grades: number | null;
  /** One number on shared memory: training ends when it is no longer 0. */
  readonly stop: Int32Array;
  /** Gets a `FitEvent` a round, then `null`. */
  readonly events: MessagePort;
}

export type TrainMessage = FitEvent | null;

export interface TrainResult {
  /** The best rounds in LightGBM's own format. */
  readonly text: string;
  /** Rounds that were learnt. */
  readonly rounds: number;
  /** Rounds that are kept. */
  readonly best: number;
  /** Why it ended before all rounds; `null` when it did not. */
  readonly reason: string | null;
  /** Watched figures at the best round. */
  readonly validation: Readonly<Record<string, number>>;
  /** Sum over the kept rounds of what a feature's splits lowered the loss by, [feature]. */
  readonly gains: Float64Array;
  /** What LightGBM warned of. */
  readonly warnings: readonly string[];
}

export interface PredictTask {
  readonly library: LibraryFiles;
  /** Of the model, whole: LightGBM does not bear a damaged one. */
  readonly text: string;
  readonly samples: TaskSamples;
  readonly threads: number;
}
