/** What a server is to be told; what a run holds stays in its own files. */
export type SpoolJob = RunJob | ModelJob | PromotionJob;

/** Copy a run of the local files, as it then stands. */
export interface RunJob {
  readonly kind: 'run';
  readonly experiment: string;
  readonly id: string;
}

/** Keep a trained model; its files lie beside the job. */
export interface ModelJob {
  readonly kind: 'model';
  /** Hash of name and content: the same is not kept twice. */
  readonly key: string;
  readonly experiment: string;
  readonly name: string;
  /** Kind of model, e.g. `lightgbm`. */
  readonly type: string;
  /** The run that it came from. */
  readonly run: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, number | null>>;
  readonly tags: Readonly<Record<string, string>>;
  /** When it was made, ISO. */
  readonly madeAt: string;
  /** Name in the registry; `null`: not registered. */
  readonly registered: string | null;
  readonly aliases: readonly string[];
}

/** Give a registered model an alias, such as champion. */
export interface PromotionJob {
  readonly kind: 'promotion';
  readonly registered: string;
  /** `key` of the model. */
  readonly model: string;
  readonly alias: string;
}
