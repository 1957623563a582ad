import type { EventStream } from '../core/events.js';
import type { Samples } from '../dataset/samples.js';
import type { TrainEvent, TrainerSettings } from '../training/task.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Contents of a model's files by name: text, or bytes such as weights. */
export type ModelFiles = Readonly<Record<string, string | Uint8Array>>;

/** What a model is learnt from: the validation sessions lie after the training sessions, purged of overlapping labels. */
export interface TrainingData {
  readonly train: Samples;
  readonly validation: Samples;
  /** Sessions held, open to open. */
  readonly horizon: number;
}

/** Where a model is learnt. */
export interface FitContext {
  readonly seed: number;
  /** Threads that a native library may use. */
  readonly threads: number;
  /** Variables that say where native libraries are, such as `LIGHTGBM_LIB`; `process.env` at the doors. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** How long a network is trained and where its checkpoints lie; other models pass over it. */
  readonly training?: TrainingLimits;
}

/** What a user says of a training from outside: it changes how far it goes, not what is learnt. */
export type TrainingLimits = Pick<TrainerSettings, 'maxSeconds' | 'maxSteps' | 'fastDevRun' | 'overfitBatches' | 'gradientsEvery' | 'checkpoints'> & { readonly maxEpochs?: number };

export type FitEvent =
  /** How far it is; `validation` by metric, where one is watched. */
  | { readonly kind: 'round'; readonly round: number; readonly rounds: number; readonly validation: Readonly<Record<string, number>> }
  | { readonly kind: 'stopped'; readonly round: number; readonly best: number; readonly reason: string }
  /** What the trainer of a network tells. */
  | { readonly kind: 'training'; readonly event: TrainEvent };

/** Parts that sum to each score: by feature [feature, sample], and what every score starts from. */
export interface Contributions {
  readonly features: readonly string[];
  readonly values: Float64Array;
  readonly base: Float64Array;
}

/** What a network looked at in foretelling samples of one session. */
export interface Insight {
  /** Weight of each session of the window, the last that of the sample, [sample, session]; a row sums to 1. */
  readonly attention: Float64Array;
  /** Sessions of the window. */
  readonly past: number;
  /** Mean weight of each feature over the window, the last for how much of them is known, [sample, feature + 1]. */
  readonly selection: Float64Array;
  /** Rows of the panel of the stocks it heard most of, with their weight among all that it heard, heaviest first, [sample]. */
  readonly neighbours: readonly (readonly { readonly row: number; readonly weight: number }[])[];
  /** What hearing the others, and the market, moves the score of a stock by that is average itself: with the contributions of its own features and what all start from, the score, [sample]. */
  readonly fromOthers: Float64Array;
}

/** A model that has learnt. */
export interface FittedForecaster {
  /** Features it reads, in its order; samples must have exactly these. */
  readonly features: readonly string[];
  /** What a person should know, as plain JSON: rounds used, validation figures, importances. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  /** Sessions of the past that it reads out of the background of samples; absent: the samples alone. */
  readonly past?: number;
  /** Scores, the higher the better, comparable within a session only, [sample]; NaN where it has no opinion. */
  predict(samples: Samples): Promise<Float64Array>;
  /** What made each score. */
  explain(samples: Samples): Promise<Contributions>;
  /** What it looked at, for samples of one session; absent of models that look at nothing but the sample. */
  insight?(samples: Samples): Promise<Insight>;
  /** Files by name; `load` of the same forecaster reads them back to the same model, bit for bit. */
  save(): Promise<ModelFiles>;
  /** Frees what lies outside the garbage collector's reach. */
  dispose(): void;
}

/**
 * A kind of model: learns scores from features of past sessions.
 *
 * `fit` is pure: same data, parameters and seed give the same model, bit for bit. It sees nothing but its samples.
 */
export interface Forecaster {
  readonly name: string;
  readonly describe: string;
  /** Everything that determines what `fit` gives beside data and seed, as plain JSON. */
  readonly params: Readonly<Record<string, JsonValue>>;
  /** Features it needs, by name; `null`: whatever it is given. */
  readonly features: readonly string[] | null;
  /** Whether `fit` looks at labels: what does not is as honest on the sessions it was given as on any other. */
  readonly learns: boolean;
  /** Whether the validation sessions decide anything of the model: its figures on them are then flattered. */
  readonly choosesOnValidation?: boolean;
  /** Whether it is a network, learnt by the trainer: in epochs, with checkpoints, for as long as one likes. */
  readonly isNetwork?: boolean;
  /** Sessions of the past that it reads out of the background of samples; absent: the samples alone. */
  readonly past?: number;
  /** Sessions of returns that the graph of a session is built from; absent: it reads none. */
  readonly window?: number;
  /** Features that normalisation leaves as they are, such as codes of classes. */
  readonly unranked?: readonly string[];
  fit(data: TrainingData, context: FitContext): EventStream<FitEvent, FittedForecaster>;
  load(files: ModelFiles, context: FitContext): Promise<FittedForecaster>;
}
