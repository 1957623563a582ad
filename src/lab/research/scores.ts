import type { IsoDate } from '../../core/dates.js';
import type { JsonValue } from '../../models/forecaster.js';
import type { Panel } from '../../table/panel.js';

/** One fold of a cross-fit in words. */
export interface FoldSummary {
  readonly trainFrom: IsoDate;
  /** Last session learnt from, validation included. */
  readonly trainThrough: IsoDate;
  readonly testFrom: IsoDate;
  readonly testThrough: IsoDate;
  readonly trainSamples: number;
  readonly validationSamples: number;
  readonly testSamples: number;
  readonly facts: Readonly<Record<string, JsonValue>>;
}

/** Scores of sessions that their models had not learnt from, and everything that they came from. */
export interface Scores {
  /** Columns score, expected, low, high [symbol, session] over the axes of the features; NaN where nothing was foretold. */
  readonly panel: Panel;
  readonly forecaster: string;
  /** Forecaster, splitter, labels, features: all that was chosen, flat. */
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly seed: number;
  /** Content hashes of what it was computed from. */
  readonly data: Readonly<Record<string, string>>;
  /** Sessions foretold, open to open. */
  readonly horizon: number;
  /** Share of outcomes that [low, high] is meant to hold. */
  readonly coverage: number;
  readonly folds: readonly FoldSummary[];
  /** Hash of params, seed, data and code. */
  readonly key: string;
}
