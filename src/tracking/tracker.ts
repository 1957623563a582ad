/** Figures and settings of runs, kept so that every configuration that was tried is counted. */

export type ParamValue = string | number | boolean | null;

/** What identifies a run: the same identity is the same trial, evaluated again. */
export interface RunSpec {
  /** Runs that are compared with each other, e.g. `ranker`. */
  readonly experiment: string;
  readonly name: string;
  /** Everything that was chosen, flat. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly seed: number;
  /** Content hashes of what it was computed from, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** Fingerprint of the code. */
  readonly code: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A run under way. */
export interface TrackedRun {
  /** Hash of the identity (experiment, params, seed, data, code). */
  readonly id: string;
  /**
   * Figures; `null` is undefined. `step` counts rounds, folds, epochs.
   * @throws InvariantError `NOT_FINITE`, and nothing of the call is kept
   */
  logMetrics(metrics: Readonly<Record<string, number | null>>, step?: number): Promise<void>;
  /** A file beside the figures; the name is a relative path without `..`. */
  logArtifact(name: string, content: string | Uint8Array): Promise<void>;
  /** Ends the run; what was logged stays. */
  end(status: 'finished' | 'failed', reason?: string): Promise<void>;
}

/**
 * A run as it is kept.
 *
 * A trial that has finished stays finished: when it is evaluated again, the figures change once that has finished too, and
 * stay where it fails (`reason` says so) or is cut off. A run whose first evaluation was cut off reads as running.
 */
export interface RunRecord extends RunSpec {
  readonly id: string;
  readonly status: 'running' | 'finished' | 'failed';
  readonly reason?: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** How often this very configuration was evaluated. */
  readonly evaluations: number;
  /** Last value of each figure. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Where runs are kept: local files, MLflow. */
export interface Tracker {
  /** @throws ConfigError `BAD_EXPERIMENT_NAME`, `BAD_KEY`, `SECRET_KEY` when a name says that its value is a secret */
  start(spec: RunSpec): Promise<TrackedRun>;
  /** Runs of an experiment, or of all, oldest first. */
  runs(experiment?: string): Promise<readonly RunRecord[]>;
}
