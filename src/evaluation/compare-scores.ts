import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { IntervalMaker } from './interval-maker.js';
import type { ScoreEvaluation, SeriesSummary } from './score-evaluation.js';
import { summarizeSeries } from './summarize-series.js';

/** What one table of scores was worth beside another on the same sessions. */
export interface ScoreComparison {
  /** Rank IC of the one less that of the other, session by session, on sessions where both have one; t and interval as of `evaluateScores`. */
  readonly rankIc: SeriesSummary;
}

/**
 * A paired comparison of two evaluations against the same labels: what moves both on a session, such as how easy it was, falls out of the difference.
 *
 * @throws InvariantError `BAD_EVALUATION` for evaluations over different horizons
 */
export function compareScores(one: ScoreEvaluation, other: ScoreEvaluation, { rng }: { readonly rng: Rng }): ScoreComparison {
  if (one.horizon !== other.horizon) throw new InvariantError(`expected evaluations over one horizon, found ${one.horizon} and ${other.horizon} sessions`, { code: 'BAD_EVALUATION', fields: { horizons: [one.horizon, other.horizon] } });
  const known = new Map(other.sessions.map((session, at) => [session, other.daily.rankIc[at]]));
  const differences = one.sessions.flatMap((session, at) => {
    const [a, b] = [one.daily.rankIc[at], known.get(session) ?? null];
    return a === null || b === null ? [] : [a - b];
  });
  return { rankIc: summarizeSeries(differences, { horizon: one.horizon, intervals: new IntervalMaker(rng) }) };
}
