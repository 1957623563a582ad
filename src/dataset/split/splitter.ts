/** Positions of sessions to learn from and to judge on; both ascending. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface SplitInput {
  /** Sessions in all. */
  readonly sessions: number;
  /** Sessions that a label covers from its own on, `Labels.span`. */
  readonly span: number;
}

/**
 * A way to part sessions into folds such that no label of a training session overlaps one of a test session:
 * the half-open spans [i, i + span) are disjoint.
 */
export interface Splitter {
  readonly name: string;
  /** Everything that determines the folds, as plain JSON. */
  readonly params: Readonly<Record<string, number | string>>;
  split(input: SplitInput): Fold[];
}
