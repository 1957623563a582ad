import { createRng } from '../core/rng.js';
import type { Samples } from '../dataset/samples.js';
import { blockLength, drawBlocks, drawnMeans, percentileInterval, type Interval } from '../evaluation/block-bootstrap.js';
import { mean, neweyWestT } from '../math/stats.js';
import type { ModelFile } from './model-file.js';
import { sessionRankIcs } from './session-rank-ics.js';

/** How scores ranked the labels of sessions that were kept back. */
export interface ValidationFigures {
  /** Sessions with at least 20 names on which a correlation is defined. */
  readonly sessions: number;
  /** Mean of the sessions' rank correlations. */
  readonly rankIc: number | null;
  /** Interval of the mean at 95 %, by blocks drawn anew; `null` for too few sessions, absent in cards of before. */
  readonly interval?: Interval | null;
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
  return { sessions, rankIc, interval: intervalOf(rankIcs, horizon), icir: varies ? rankIc / deviation : null, t: sessions > horizon + 1 ? neweyWestT(rankIcs, horizon) : null };
}

/** Fewest sessions of which blocks say something. */
const MIN_SESSIONS = 40;

function intervalOf(rankIcs: Float64Array, horizon: number): Interval | null {
  if (rankIcs.length < MIN_SESSIONS) return null;
  return percentileInterval(drawnMeans(rankIcs, drawBlocks(rankIcs.length, { block: blockLength(rankIcs.length, horizon), rng: createRng(0).fork('validation') })));
}

/** @throws DataError `BAD_MODEL_FILE` */
export function readValidationFigures(file: ModelFile): ValidationFigures {
  const interval = file.raw('interval') === undefined ? {} : { interval: file.raw('interval') === null ? null : intervalIn(file) };
  return { sessions: file.count('sessions'), rankIc: file.numberOrNull('rankIc'), ...interval, icir: file.numberOrNull('icir'), t: file.numberOrNull('t') };
}

function intervalIn(file: ModelFile): Interval {
  const [low, high] = file.numbers('interval');
  return [low, high];
}
