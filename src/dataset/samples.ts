import type { Background } from './background.js';

/**
 * Samples of a table: one instrument on one session each, those of a session adjacent, sessions ascending, symbols ascending within.
 *
 * The large arrays lie on shared memory, so that worker threads read them without a copy.
 */
export interface Samples {
  readonly features: readonly string[];
  /** Number of samples. */
  readonly length: number;
  /** Feature values, NaN where missing, [feature, sample]: each feature contiguous. */
  readonly x: Float32Array;
  /** Epoch day of each session, ascending, [group]. */
  readonly sessions: Int32Array;
  /** Samples of each session, [group]. */
  readonly counts: Int32Array;
  /** Row of the panel's symbol, [sample]. */
  readonly symbolRows: Int32Array;
  /** What is learnt, [sample]; `null` where samples are only to be predicted. */
  readonly y: Float64Array | null;
  /** Simple returns behind the labels, [sample]; `null` with `y`. */
  readonly returns: Float64Array | null;
  /** Standard deviation of such a return as expected on the session, NaN where unknown, [sample]. */
  readonly scale: Float64Array;
  /** What models of sequences and graphs read besides; absent where samples were made without. */
  readonly background?: Background;
}
