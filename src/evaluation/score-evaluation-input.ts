import type { Rng } from '../core/rng.js';
import type { Panel } from '../table/panel.js';

/** Labels of one horizon, [symbol, session] over the axes of the scores. */
export interface DecayLabel {
  readonly horizon: number;
  readonly label: Float64Array;
}

export interface ScoreEvaluationInput {
  /** Column `score` [symbol, session], the higher the better, NaN without an opinion; `low` and `high`, where given, bound the raw return. */
  readonly scores: Panel;
  /** What scores were to foretell, [symbol, session] over the axes of the scores; NaN where there is none. */
  readonly label: Float64Array;
  /** Simple returns over the holding period, as traded, [symbol, session]; NaN where there is none. */
  readonly returns: Float64Array;
  /** Sessions held, open to open. */
  readonly horizon: number;
  /** Sector by symbol. */
  readonly sectors?: ReadonlyMap<string, string>;
  /** Labels of other horizons, or of the same. */
  readonly decay?: readonly DecayLabel[];
  /** Quantiles of scores, 5 unless given: fifths of 20 names still hold four. */
  readonly quantiles?: number;
  /** Share of returns that `low` and `high` are to enclose. */
  readonly nominal?: number;
  /** Fewest names with score and label on a session, 20 unless given. */
  readonly minNames?: number;
  /** Draws the bootstrap. */
  readonly rng: Rng;
}
