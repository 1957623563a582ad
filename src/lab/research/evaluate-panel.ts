import { hashJson } from '../../core/hash.js';
import { createRng } from '../../core/rng.js';
import type { Labels } from '../../dataset/labels/labels.js';
import { requireSameAxes } from '../../dataset/same-axes.js';
import { evaluateScores } from '../../evaluation/evaluate-scores.js';
import type { ScoreEvaluation, SeriesSummary } from '../../evaluation/score-evaluation.js';
import type { Panel } from '../../table/panel.js';

/** Horizons at which scores are judged besides their own. */
const DECAY_HORIZONS = [1, 2, 3, 5, 10, 15, 20] as const;

export interface EvaluateOptions {
  /** Quantiles of scores. */
  readonly quantiles?: number;
  /** Fewest names on a session. */
  readonly minNames?: number;
  /** Horizons of the decay, in sessions. */
  readonly decay?: readonly number[];
}

export interface EvaluateRequest extends EvaluateOptions {
  /** Column score, and expected, low and high where there are any. */
  readonly panel: Panel;
  readonly labels: Labels;
  readonly sectors: ReadonlyMap<string, string>;
  readonly coverage?: number;
  readonly seed: number;
}

/** What scores of a panel were worth against labels over the same axes. */
export function evaluatePanel({ panel, labels, sectors, coverage, seed, decay = DECAY_HORIZONS, quantiles, minNames }: EvaluateRequest): ScoreEvaluation {
  requireSameAxes(panel, labels.panel);
  const column = (of: Labels, name: string): Float64Array => of.panel.column(name) as Float64Array;
  const horizons = [...new Set([...decay, labels.horizon])].sort((a, b) => a - b);
  return evaluateScores({
    scores: panel,
    label: column(labels, 'label'),
    returns: column(labels, 'return'),
    horizon: labels.horizon,
    sectors,
    decay: horizons.map((horizon) => ({ horizon, label: column(horizon === labels.horizon ? labels : labels.at(horizon), 'label') })),
    ...(coverage === undefined ? {} : { nominal: coverage }),
    ...(quantiles === undefined ? {} : { quantiles }),
    ...(minNames === undefined ? {} : { minNames }),
    rng: createRng(seed).fork('evaluate'),
  });
}

/** The figures that a run is compared by, flat. */
export function mainFigures(evaluation: ScoreEvaluation): Record<string, number | null> {
  const of = (name: string, { mean, icir, t, interval, positive }: SeriesSummary): Record<string, number | null> => ({ [name]: mean, [`${name}_icir`]: icir, [`${name}_t`]: t, [`${name}_low`]: interval?.[0] ?? null, [`${name}_high`]: interval?.[1] ?? null, [`${name}_positive`]: positive });
  const { quantiles, decay, change, coverage, sessions, names } = evaluation;
  return {
    ...of('rank_ic', evaluation.rankIc),
    ...of('ic', evaluation.ic),
    ...of('spread_return', quantiles.spread.return),
    monotonicity: quantiles.monotonicity.rankCorrelation,
    ...Object.fromEntries(decay.flatMap(({ horizon, rankIc }) => [[`rank_ic_h${horizon}`, rankIc.mean], [`rank_ic_h${horizon}_t`, rankIc.t]])),
    ...Object.fromEntries(change.flatMap(({ lag, turnover, rankAutocorrelation }) => [[`turnover_${lag}`, turnover], [`rank_autocorrelation_${lag}`, rankAutocorrelation]])),
    coverage: coverage?.within ?? null,
    sessions: sessions.length,
    names: names.mean,
  };
}

/** Hash of what was evaluated against what; the code is part of the scores' own. */
export const evaluationKey = (scores: string, labels: string, options: EvaluateOptions): string => hashJson({ scores, labels, options });
