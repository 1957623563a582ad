import { fromEpochDay, type IsoDate } from '../core/dates.js';
import { mean } from '../math/stats.js';
import { checkScoreInput } from './check-score-input.js';
import { intervalCoverage } from './interval-coverage.js';
import { IntervalMaker } from './interval-maker.js';
import { QuantileReturns } from './quantile-returns.js';
import { RankCorrelation } from './rank-correlation.js';
import { Ranker, type Ranking } from './ranker.js';
import { ScoreChanges } from './score-changes.js';
import type { CoverageEvaluation, DailySeries, DecayPoint, ScoreEvaluation, YearEvaluation } from './score-evaluation.js';
import type { ScoreEvaluationInput } from './score-evaluation-input.js';
import { SectorCorrelations } from './sector-correlations.js';
import { SessionRows } from './session-rows.js';
import type { SessionSlice } from './session-slice.js';
import { SharedCorrelation } from './shared-correlation.js';
import { orNull, summarizeSeries, type SummaryOptions } from './summarize-series.js';

export type { DecayLabel, ScoreEvaluationInput } from './score-evaluation-input.js';

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
  const { scores, horizon, quantiles = 5, minNames = 20 } = input;
  checkScoreInput(input);
  const found = readSessions(input, { quantiles, minNames });
  const { parts, evaluated, series } = found;
  const options: SummaryOptions = { horizon, intervals: new IntervalMaker(input.rng) };
  const sessions = Array.from(evaluated, (t) => fromEpochDay(scores.sessions[t]));
  const names = Array.from(evaluated, (t) => series.names[t]);
  return {
    horizon, minNames, sessions, first: sessions[0] ?? null, last: sessions.at(-1) ?? null,
    names: { mean: orNull(mean(names)), min: names.length === 0 ? null : names.reduce((a, b) => Math.min(a, b)) },
    ic: summarizeSeries(series.ic, options), rankIc: summarizeSeries(series.rankIc, options),
    daily: dailySeries(found),
    byYear: byYear(found, sessions, options),
    decay: decayOf(input, series.decay, options),
    quantiles: parts.quantiles.evaluate(options),
    bySector: parts.sectors?.evaluate(options) ?? null,
    change: parts.changes.evaluate(),
    coverage: coverageOf(input, options),
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
  const pearson = new SharedCorrelation(symbols.length);
  const evaluated: number[] = [];
  for (const slice of slices(input)) {
    const { t, scoreRanking, labelRanking } = slice;
    if (scoreRanking.count < minNames) {
      found.leftOut[scoreRanking.count === 0 ? 'withoutScores' : 'tooFewScores']++;
      continue;
    }
    found.parts.changes.add(slice, ranks);
    slice.decay.forEach((ranking, k) => {
      const shared = ranks.of(scoreRanking, ranking());
      if (shared.names >= minNames) found.series.decay[k][t] = shared.correlation ?? Number.NaN;
    });
    const shared = ranks.of(scoreRanking, labelRanking);
    if (shared.names < minNames || shared.correlation === null) {
      found.leftOut[shared.names < minNames ? 'tooFewLabels' : 'constant']++;
      continue;
    }
    evaluated.push(t);
    [found.series.names[t], found.series.rankIc[t], found.series.ic[t]] = [shared.names, shared.correlation, pearson.of(slice.scores, slice.label)];
    found.parts.quantiles.add(slice);
    found.parts.sectors?.add(slice, ranks);
  }
  return { ...found, evaluated: Int32Array.from(evaluated) };
}

/** One session after another, on arrays that are used again. */
function* slices({ scores, label, returns, decay = [] }: ScoreEvaluationInput): Generator<SessionSlice & { readonly decay: readonly (() => Ranking)[] }> {
  const { symbols, sessions } = scores;
  const [scoreRows, labelRows, returnRows, ...decayRows] = [scores.column('score'), label, returns, ...decay.map((one) => one.label)].map((values) => new SessionRows(values, symbols.length, sessions.length));
  const ranker = new Ranker(symbols.length);
  const [scoreSpace, labelSpace, decaySpace] = [0, 1, 2].map(() => ranker.rank(new Float64Array(symbols.length)));
  for (let t = 0; t < sessions.length; t++) {
    const [ofScores, ofLabels] = [scoreRows.at(t), labelRows.at(t)];
    yield {
      t, scores: ofScores, scoreRanking: ranker.rank(ofScores, scoreSpace), label: ofLabels, labelRanking: ranker.rank(ofLabels, labelSpace), returns: returnRows.at(t),
      decay: decayRows.map((rows) => () => ranker.rank(rows.at(t), decaySpace)),
    };
  }
}

function dailySeries({ series, parts, evaluated }: Found): DailySeries {
  const values = (of: Float64Array): (number | null)[] => Array.from(evaluated, (t) => orNull(of[t]));
  return {
    names: Array.from(evaluated, (t) => series.names[t]), ic: values(series.ic), rankIc: values(series.rankIc),
    quantileLabel: parts.quantiles.label.map(values), quantileReturn: parts.quantiles.return.map(values),
  };
}

function byYear({ series, parts, evaluated }: Found, sessions: readonly IsoDate[], options: SummaryOptions): YearEvaluation[] {
  const years = sessions.map((session) => Number(session.slice(0, 4)));
  const spread = parts.quantiles.spread('return');
  return [...new Set(years)].map((year) => {
    const within = evaluated.filter((_, i) => years[i] === year);
    const summary = (values: Float64Array) => summarizeSeries(Array.from(within, (t) => values[t]), options);
    return { year, ic: summary(series.ic), rankIc: summary(series.rankIc), spread: summary(spread) };
  });
}

function decayOf({ decay = [] }: ScoreEvaluationInput, series: readonly Float64Array[], { intervals }: SummaryOptions): DecayPoint[] {
  return decay.map(({ horizon }, k) => ({ horizon, rankIc: summarizeSeries(series[k], { horizon, intervals }) })).sort((a, b) => a.horizon - b.horizon);
}

function coverageOf({ scores, returns, nominal }: ScoreEvaluationInput, options: SummaryOptions): CoverageEvaluation | null {
  if (!scores.has('low') || !scores.has('high')) return null;
  return intervalCoverage({ low: scores.column('low'), high: scores.column('high'), returns, sessions: scores.sessions.length, nominal: nominal ?? null }, options);
}
