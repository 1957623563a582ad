import type { IsoDate } from '../core/dates.js';
import type { Interval } from './block-bootstrap.js';

export type { Interval } from './block-bootstrap.js';

/** What a series of one value a session amounts to. */
export interface SeriesSummary {
  /** Sessions with a value. */
  readonly sessions: number;
  readonly mean: number | null;
  /** Of the values, with divisor n − 1. */
  readonly standardDeviation: number | null;
  /** Mean over standard deviation of the values, not annualized: ICIR of information coefficients. */
  readonly icir: number | null;
  /**
   * Mean over its standard error by Newey and West (1987), Bartlett weights, as many lags as sessions held: labels overlap.
   * Where scores hardly change from session to session it is still some 17 % too large (five sessions held): weights fall
   * while the overlap lasts. The interval, of longer blocks, is nearer to the truth.
   */
  readonly t: number | null;
  /** 95 % interval of the mean by a circular block bootstrap, percentiles; `null` of fewer sessions than two blocks. */
  readonly interval: Interval | null;
  /** Share of the values above 0. */
  readonly positive: number | null;
}

export interface YearEvaluation {
  readonly year: number;
  readonly ic: SeriesSummary;
  readonly rankIc: SeriesSummary;
  /** Mean raw return of the top quantile less that of the bottom, fraction per holding period. */
  readonly spread: SeriesSummary;
}

export interface DecayPoint {
  /** Sessions held. */
  readonly horizon: number;
  readonly rankIc: SeriesSummary;
}

export interface QuantileMean {
  /** 1 holds the lowest scores. */
  readonly quantile: number;
  /** Mean over sessions of the mean label. */
  readonly label: number | null;
  /** Mean over sessions of the mean raw return, fraction per holding period. */
  readonly return: number | null;
  /** Mean number of names. */
  readonly names: number | null;
}

export interface Monotonicity {
  /** Spearman's correlation of the quantile's number with its mean raw return. */
  readonly rankCorrelation: number | null;
  /** Share of sessions on which the top quantile returned more than the bottom. */
  readonly positiveSpread: number | null;
  /**
   * Chance of a smallest step between neighbouring quantiles as large as this one if mean raw returns did not rise throughout
   * (Patton and Timmermann, 2010): small where they do rise. Drawn in blocks.
   */
  readonly pValue: number | null;
}

export interface QuantileEvaluation {
  readonly count: number;
  readonly means: readonly QuantileMean[];
  /** Top less bottom, of labels and of raw returns. */
  readonly spread: { readonly label: SeriesSummary; readonly return: SeriesSummary };
  readonly monotonicity: Monotonicity;
}

export interface SectorEvaluation {
  readonly sector: string;
  /** Mean number of names a session. */
  readonly names: number;
  /** Rank IC within the sector. */
  readonly rankIc: SeriesSummary;
}

/** How much scores change from one session to a later one. */
export interface ScoreChange {
  /** Sessions between. */
  readonly lag: number;
  /** Share of the top quantile that was not in it `lag` sessions before; the mean over sessions. */
  readonly turnover: number | null;
  /** Spearman's correlation of scores with those `lag` sessions before; the mean over sessions. */
  readonly rankAutocorrelation: number | null;
}

/** Whether raw returns lie where they were expected. */
export interface CoverageEvaluation {
  /** Share that should lie within, as the scores promise; `null` where it was not said. */
  readonly nominal: number | null;
  /** Returns with an interval. */
  readonly samples: number;
  readonly within: number | null;
  readonly below: number | null;
  readonly above: number | null;
  /** 95 % interval of the share within by a block bootstrap of sessions. */
  readonly interval: Interval | null;
  /** Mean width of the intervals, fraction per holding period. */
  readonly width: number | null;
}

/** Sessions that count nowhere, by reason. */
export interface SessionsLeftOut {
  /** No scores at all: before the first fold, say. */
  readonly withoutScores: number;
  /** Some scores, but too few names with one. */
  readonly tooFewScores: number;
  /** Names enough with a score, but too few with score and label: the last sessions, say. */
  readonly tooFewLabels: number;
  /** All scores, or all labels, equal. */
  readonly constant: number;
}

/** One value a session, beside `sessions`. */
export interface DailySeries {
  readonly names: readonly number[];
  readonly ic: readonly (number | null)[];
  readonly rankIc: readonly (number | null)[];
  /** Mean label and mean raw return by quantile, [quantile][session]. */
  readonly quantileLabel: readonly (readonly (number | null)[])[];
  readonly quantileReturn: readonly (readonly (number | null)[])[];
}

/** What scores were worth: plain JSON, `null` where a figure is not defined. */
export interface ScoreEvaluation {
  /** Sessions held, open to open. */
  readonly horizon: number;
  /** Sessions with fewer names are left out. */
  readonly minNames: number;
  /** Sessions evaluated, ascending. */
  readonly sessions: readonly IsoDate[];
  readonly first: IsoDate | null;
  readonly last: IsoDate | null;
  /** Names with score and label per evaluated session. */
  readonly names: { readonly mean: number | null; readonly min: number | null };
  /** Pearson's correlation of score and label across names, by session. */
  readonly ic: SeriesSummary;
  /** Spearman's. */
  readonly rankIc: SeriesSummary;
  readonly daily: DailySeries;
  readonly byYear: readonly YearEvaluation[];
  /** Ascending horizons; empty where no labels of other horizons were given. */
  readonly decay: readonly DecayPoint[];
  readonly quantiles: QuantileEvaluation;
  /** By name; `null` where no sectors were given. */
  readonly bySector: readonly SectorEvaluation[] | null;
  /** At one session and at the horizon. */
  readonly change: readonly ScoreChange[];
  /** `null` where scores come without intervals. */
  readonly coverage: CoverageEvaluation | null;
  readonly leftOut: SessionsLeftOut;
}
