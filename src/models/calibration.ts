import { InvariantError } from '../core/errors.js';
import type { Samples } from '../dataset/samples.js';
import { centredRanks } from '../math/rank.js';
import { fitLine, mean, neweyWestT, quantile } from '../math/stats.js';
import type { ModelFile } from './model-file.js';
import { MIN_NAMES } from './session-rank-ics.js';
import { sessionsOfSamples } from './sessions-of-samples.js';

/** What the rank of a score paid, in expected deviations of the return, and the spread of the errors. */
export interface Calibration {
  /** Sessions held, open to open. */
  readonly horizon: number;
  /** Share of outcomes that the interval is meant to hold (fraction). */
  readonly coverage: number;
  /** Mean scaled return at the middle rank: the drift of the market on those sessions. */
  readonly intercept: number;
  /** Newey–West t of it; `null` when it has no spread. */
  readonly interceptT: number | null;
  /** Scaled return from the lowest rank to the highest. */
  readonly slope: number;
  /** Slope over its standard error (Newey–West, `horizon` lags: labels overlap); `null` when it has no spread. */
  readonly slopeT: number | null;
  /** Quantiles of the scaled errors at (1 − coverage) / 2 and its mirror. */
  readonly errorLow: number;
  readonly errorHigh: number;
  /** Sessions whose outcomes it was measured on. */
  readonly sessions: number;
}

/** Samples with the returns behind their labels, and the score of each, [sample]. */
export interface ScoredSamples {
  readonly samples: Samples;
  readonly scores: Float64Array;
}

export interface CalibrationOptions {
  /** Sessions held, open to open. */
  readonly horizon: number;
  /** Share of outcomes that the interval is meant to hold (fraction). */
  readonly coverage: number;
  /** Sessions with outcomes below which nothing is said, 20 unless given. */
  readonly minSessions?: number;
}

/**
 * Fama–MacBeth regression of returns, divided by their expected deviation, on the centred rank of the score: a line for each
 * session, and their mean. Sessions with fewer than 20 names are left out.
 *
 * @param scored one after the other in time
 * @returns `null` when fewer than `minSessions` sessions have outcomes
 * @see Fama and MacBeth (1973); Newey and West (1987)
 */
export function fitCalibration(scored: readonly ScoredSamples[], { horizon, coverage, minSessions = 20 }: CalibrationOptions): Calibration | null {
  if (!(Number.isInteger(horizon) && horizon >= 1)) throw new InvariantError(`expected a horizon of at least one session, found ${horizon}`);
  if (!(coverage > 0 && coverage < 1)) throw new InvariantError(`expected a coverage between 0 and 1, found ${coverage}`);
  const lines = scored.flatMap((part) => Array.from(outcomes(part), (outcome) => ({ ...outcome, ...fitLine(outcome.ranks, outcome.scaled) })));
  if (lines.length < Math.max(1, minSessions)) return null;
  const intercept = mean(lines.map((line) => line.intercept));
  const slopes = lines.map((line) => line.slope);
  const slope = mean(slopes);
  const errors = new Float64Array(lines.reduce((sum, { ranks }) => sum + ranks.length, 0));
  let at = 0;
  for (const { ranks, scaled } of lines) for (let i = 0; i < ranks.length; i++) errors[at++] = scaled[i] - intercept - slope * ranks[i];
  errors.sort();
  const tail = (1 - coverage) / 2;
  return { horizon, coverage, intercept, interceptT: neweyWestT(lines.map((line) => line.intercept), horizon), slope, slopeT: neweyWestT(slopes, horizon), errorLow: quantile(errors, tail), errorHigh: quantile(errors, 1 - tail), sessions: lines.length };
}

/** Expected return of each sample over the horizon and its interval, [sample]; NaN where score or scale is unknown. */
export interface ExpectedReturns {
  readonly expected: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Expected returns (simple, fractions) of scores by their rank within the session; no interval reaches below −1 unless its middle does. */
export function applyCalibration({ intercept, slope, errorLow, errorHigh }: Calibration, samples: Samples, scores: Float64Array): ExpectedReturns {
  const unknown = (): Float64Array => new Float64Array(samples.length).fill(Number.NaN);
  const [expected, low, high] = [unknown(), unknown(), unknown()];
  for (const { start, end } of sessionsOfSamples(samples)) {
    const ranks = centredRanks(scores.subarray(start, end));
    for (let at = start; at < end; at++) {
      const scale = samples.scale[at];
      const scaled = intercept + slope * ranks[at - start];
      if (!(scale > 0) || Number.isNaN(scaled)) continue;
      expected[at] = scaled * scale;
      // a skewed spread may leave its own mean out of a narrow interval
      low[at] = Math.min(expected[at], Math.max(-1, (scaled + errorLow) * scale));
      high[at] = Math.max(expected[at], (scaled + errorHigh) * scale);
    }
  }
  return { expected, low, high };
}

/** @throws DataError `BAD_MODEL_FILE` */
export function readCalibration(file: ModelFile): Calibration {
  return {
    horizon: file.count('horizon'),
    coverage: file.number('coverage'),
    intercept: file.number('intercept'),
    interceptT: file.numberOrNull('interceptT'),
    slope: file.number('slope'),
    slopeT: file.numberOrNull('slopeT'),
    errorLow: file.number('errorLow'),
    errorHigh: file.number('errorHigh'),
    sessions: file.count('sessions'),
  };
}

interface Outcomes {
  /** Centred rank of the score, [name]. */
  readonly ranks: Float64Array;
  /** Return over its expected deviation, [name]. */
  readonly scaled: Float64Array;
}

/** The names of each session with a score, a scale and an outcome; sessions of fewer than 20 such names are left out. */
function* outcomes({ samples, scores }: ScoredSamples): Generator<Outcomes, void, void> {
  const { returns, scale } = samples;
  if (returns === null) throw new InvariantError('expected samples with returns to calibrate on, found some without');
  if (scores.length !== samples.length) throw new InvariantError(`expected a score for each of ${samples.length} samples, found ${scores.length}`);
  for (const { start, end } of sessionsOfSamples(samples)) {
    const kept: number[] = [];
    for (let at = start; at < end; at++) {
      if (!Number.isNaN(scores[at]) && scale[at] > 0 && Number.isFinite(returns[at])) kept.push(at);
    }
    if (kept.length < MIN_NAMES) continue; // a line through fewer points says little
    yield { ranks: centredRanks(kept.map((at) => scores[at])), scaled: Float64Array.from(kept, (at) => returns[at] / scale[at]) };
  }
}
