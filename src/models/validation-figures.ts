import type { Samples } from '../dataset/samples.js';
import { mean, neweyWestT } from '../math/stats.js';
import type { ModelFile } from './model-file.js';
import { sessionRankIcs } from './session-rank-ics.js';

/** How scores ranked the labels of sessions that were kept back. */
export interface ValidationFigures {
  /** Sessions with at least 20 names on which a correlation is defined. */
  readonly sessions: number;
  /** Mean of the sessions' rank correlations. */
  readonly rankIc: number | null;
  /** Mean over standard deviation of the sessions' rank correlations. */
  readonly icir: number | null;
  /** Mean over its standard error (Newey–West, `horizon` lags: labels overlap). */
  readonly t: number | null;
}

export function validationFigures(samples: Samples, scores: Float64Array, horizon: number): ValidationFigures {
  const rankIcs = sessionRankIcs(samples, scores);
  const sessions = rankIcs.length;
  if (sessions === 0) return { sessions, rankIc: null, icir: null, t: null };
  const rankIc = mean(rankIcs);
  const deviation = Math.sqrt(rankIcs.reduce((sum, value) => sum + (value - rankIc) ** 2, 0) / (sessions - 1)); // NaN of one session
  const varies = deviation > 8 * Number.EPSILON * Math.abs(rankIc); // else it is only rounding of equal values
  return { sessions, rankIc, icir: varies ? rankIc / deviation : null, t: sessions > horizon + 1 ? neweyWestT(rankIcs, horizon) : null };
}

/** @throws DataError `BAD_MODEL_FILE` */
export function readValidationFigures(file: ModelFile): ValidationFigures {
  return { sessions: file.count('sessions'), rankIc: file.numberOrNull('rankIc'), icir: file.numberOrNull('icir'), t: file.numberOrNull('t') };
}
