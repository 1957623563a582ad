import { fromEpochDay, type IsoDate } from '../core/dates.js';
import type { Rng } from '../core/rng.js';
import { correlation } from '../math/correlation.js';
import { averageRank } from '../math/cross-section.js';
import { mean } from '../math/stats.js';
import type { Panel } from '../table/panel.js';
import { checkScoreInput } from './check-score-input.js';
import { intervalCoverage } from './interval-coverage.js';
import { QuantileReturns } from './quantile-returns.js';
import { RankCorrelation } from './rank-correlation.js';
import { ScoreChanges } from './score-changes.js';
import type { CoverageEvaluation, DailySeries, DecayPoint, ScoreEvaluation, YearEvaluation } from './score-evaluation.js';
import { SectorCorrelations } from './sector-correlations.js';
import { SessionRows } from './session-rows.js';
import type { SessionSlice } from './session-slice.js';
import { orNull, summarizeSeries } from './summarize-series.js';

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

/**
 * What scores were worth: information coefficients, their decay, quantile returns, sectors, turnover, coverage.
 *
 * Labels of neighbouring sessions overlap, so t is by Newey and West with `horizon` lags and intervals are by a block bootstrap.
 * Sessions evaluated count as neighbours, also where some between them were left out.
 *
 * @returns plain JSON, `null` where a figure is not defined; the same input and seed give the same result
 * @throws InvariantError `BAD_EVALUATION` when sizes, horizons or settings do not fit, or a value is infinite
 */
export function evaluateScores(input: ScoreEvaluationInput): ScoreEvaluation {
  const { scores, horizon, quantiles = 5, minNames = 20, rng } = input;
  checkScoreInput(input);
  const found = readSessions(input, { quantiles, minNames });
  const { parts, evaluated, series } = found;
  const sessions = Array.from(evaluated, (t) => fromEpochDay(scores.sessions[t]));
  const names = Array.from(evaluated, (t) => series.names[t]);
  const summary = (values: Float64Array, label: string) => summarizeSeries(values, { horizon, rng: rng.fork(label) });
  return {
    horizon, minNames, sessions, first: sessions[0] ?? null, last: sessions.at(-1) ?? null,
    names: { mean: orNull(mean(names)), min: names.length === 0 ? null : names.reduce((a, b) => Math.min(a, b)) },
    ic: summary(series.ic, 'ic'), rankIc: summary(series.rankIc, 'rank ic'),
    daily: dailySeries(found),
    byYear: byYear(found, sessions, { horizon, rng: rng.fork('years') }),
    decay: decayOf(input, series.decay),
    quantiles: parts.quantiles.evaluate({ horizon, rng: rng.fork('quantiles') }),
    bySector: parts.sectors?.evaluate({ horizon, rng: rng.fork('sectors') }) ?? null,
    change: parts.changes.evaluate(),
    coverage: coverageOf(input),
    leftOut: found.leftOut,
  };
}

interface Found {
  readonly parts: { readonly quantiles: QuantileReturns; readonly sectors: SectorCorrelations | null; readonly changes: ScoreChanges };
  /** Each [session] of the panel, NaN on sessions left out. */
  readonly series: { readonly names: Float64Array; readonly ic: Float64Array; readonly rankIc: Float64Array; readonly decay: readonly Float64Array[] };
  /** Positions of the sessions evaluated. */
  readonly evaluated: Int32Array;
  readonly leftOut: Record<'withoutScores' | 'tooFewScores' | 'tooFewLabels' | 'constant', number>;
}

/** Walks the sessions once; every part adds what it needs. */
function readSessions(input: ScoreEvaluationInput, { quantiles, minNames }: { quantiles: number; minNames: number }): Found {
  const { symbols, sessions } = input.scores;
  const series = (): Float64Array => new Float64Array(sessions.length).fill(Number.NaN);
  const ranks = new RankCorrelation(symbols.length);
  const found = {
    parts: { quantiles: new QuantileReturns(quantiles, sessions.length), sectors: input.sectors ? new SectorCorrelations(symbols, input.sectors, sessions.length) : null, changes: new ScoreChanges([1, input.horizon], quantiles) },
    series: { names: series(), ic: series(), rankIc: series(), decay: (input.decay ?? []).map(series) },
    leftOut: { withoutScores: 0, tooFewScores: 0, tooFewLabels: 0, constant: 0 },
  };
  const rows = (input.decay ?? []).map(({ label }) => new SessionRows(label, symbols.length, sessions.length));
  const evaluated: number[] = [];
  for (const slice of slices(input)) {
    if (slice.scored < minNames) {
      found.leftOut[slice.scored === 0 ? 'withoutScores' : 'tooFewScores']++;
      continue;
    }
    found.parts.changes.add(slice, ranks);
    rows.forEach((row, k) => (found.series.decay[k][slice.t] = correlationAtLeast(minNames, ranks, slice.scoreRanks, averageRank(row.at(slice.t)))));
    const shared = ranks.of(slice.scoreRanks, slice.labelRanks);
    if (shared.names < minNames || shared.correlation === null) {
      found.leftOut[shared.names < minNames ? 'tooFewLabels' : 'constant']++;
      continue;
    }
    evaluated.push(slice.t);
    found.series.names[slice.t] = shared.names;
    found.series.rankIc[slice.t] = shared.correlation;
    found.series.ic[slice.t] = pearson(slice.scores, slice.label);
    found.parts.quantiles.add(slice);
    found.parts.sectors?.add(slice, ranks);
  }
  return { ...found, evaluated: Int32Array.from(evaluated) };
}

function* slices({ scores, label, returns }: ScoreEvaluationInput): Generator<SessionSlice> {
  const { symbols, sessions } = scores;
  const [scoreRows, labelRows, returnRows] = [scores.column('score'), label, returns].map((values) => new SessionRows(values, symbols.length, sessions.length));
  for (let t = 0; t < sessions.length; t++) {
    const [ofScores, ofLabels] = [scoreRows.at(t), labelRows.at(t)];
    yield { t, scores: ofScores, scored: countPresent(ofScores), scoreRanks: averageRank(ofScores), label: ofLabels, labelRanks: averageRank(ofLabels), returns: returnRows.at(t) };
  }
}

function correlationAtLeast(minNames: number, ranks: RankCorrelation, x: Float64Array, y: Float64Array): number {
  const shared = ranks.of(x, y);
  return shared.names < minNames ? Number.NaN : (shared.correlation ?? Number.NaN);
}

function pearson(x: Float64Array, y: Float64Array): number {
  const both = (_: number, row: number): boolean => !Number.isNaN(x[row]) && !Number.isNaN(y[row]);
  return correlation(x.filter(both), y.filter(both)) ?? Number.NaN;
}

function countPresent(values: Float64Array): number {
  let count = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) count++;
  return count;
}

function dailySeries({ series, parts, evaluated }: Found): DailySeries {
  const values = (of: Float64Array): (number | null)[] => Array.from(evaluated, (t) => orNull(of[t]));
  return {
    names: Array.from(evaluated, (t) => series.names[t]), ic: values(series.ic), rankIc: values(series.rankIc),
    quantileLabel: parts.quantiles.label.map(values), quantileReturn: parts.quantiles.return.map(values),
  };
}

function byYear({ series, parts, evaluated }: Found, sessions: readonly IsoDate[], { horizon, rng }: { horizon: number; rng: Rng }): YearEvaluation[] {
  const years = sessions.map((session) => Number(session.slice(0, 4)));
  const spread = parts.quantiles.spread('return');
  return [...new Set(years)].map((year) => {
    const within = evaluated.filter((_, i) => years[i] === year);
    const summary = (values: Float64Array, label: string) => summarizeSeries(Array.from(within, (t) => values[t]), { horizon, rng: rng.fork(`${year} ${label}`) });
    return { year, ic: summary(series.ic, 'ic'), rankIc: summary(series.rankIc, 'rank ic'), spread: summary(spread, 'spread') };
  });
}

function decayOf({ decay = [], rng }: ScoreEvaluationInput, series: readonly Float64Array[]): DecayPoint[] {
  return decay.map(({ horizon }, k) => ({ horizon, rankIc: summarizeSeries(series[k], { horizon, rng: rng.fork(`decay ${horizon}`) }) })).sort((a, b) => a.horizon - b.horizon);
}

function coverageOf({ scores, returns, nominal, horizon, rng }: ScoreEvaluationInput): CoverageEvaluation | null {
  if (!scores.has('low') || !scores.has('high')) return null;
  return intervalCoverage({ low: scores.column('low'), high: scores.column('high'), returns, sessions: scores.sessions.length, nominal: nominal ?? null, horizon, rng: rng.fork('coverage') });
}
