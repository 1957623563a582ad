import { InvariantError } from '../../src/core/errors.js';
import { centredRanks } from '../../src/math/rank.js';
import { fitLine, mean, neweyWestT, quantile } from '../../src/math/stats.js';
import type { Panel } from '../../src/table/panel.js';

/** Settings of the reference. */
export interface RankRegressionConfig {
  /** Past sessions whose outcomes are used. */
  readonly window: number;
  readonly minSessions: number;
  /** Share of outcomes the interval is meant to hold (fraction). */
  readonly interval: number;
}

const SESSIONS_PER_YEAR = 252;

export interface RankRegressionInput {
  /** Column `open`, total return, and `segment` where breaks of the series are known. [symbol, session] */
  readonly bars: Panel;
  /** Columns of the score and of volatility over the same axes. */
  readonly features: Panel;
  readonly score: string;
  /** Annualized volatility column. */
  readonly volatility: string;
  /** Whether a symbol counted at a session: a member of the universe with clean history. */
  readonly counts: (symbolRow: number, index: number) => boolean;
  /** Position of the session we stand in. */
  readonly index: number;
  /** Sessions held, open to open. */
  readonly horizon: number;
}

/** Fama–MacBeth regression of volatility-scaled forward returns on the rank of a score, and the spread of its errors. */
export interface RankRegressionFit {
  /** Mean scaled return at the middle rank. */
  readonly intercept: number;
  /** Scaled return from the lowest rank to the highest. */
  readonly slope: number;
  /** Slope over its standard error (Newey–West, `horizon` lags: labels overlap); `null` when it has no spread. */
  readonly slopeT: number | null;
  /** Quantiles of the scaled errors at (1 − interval) / 2 and its mirror. */
  readonly errorLow: number;
  readonly errorHigh: number;
  /** Past sessions whose outcome was known. */
  readonly sessions: number;
}

/**
 * Learns from outcomes known at the session we stand in: the label of a session s is open(s+1+h) / open(s+1) − 1 and counts
 * only when s + 1 + h ≤ index and no break of the series lies within it: prices on its two sides are not comparable.
 *
 * @returns `null` when fewer than `minSessions` past sessions have an outcome
 * @see Fama and MacBeth (1973); Newey and West (1987)
 */
export function fitRankRegression(input: RankRegressionInput, config: RankRegressionConfig): RankRegressionFit | null {
  if (input.horizon < 1) throw new InvariantError(`expected a horizon of at least one session, found ${input.horizon}`);
  const last = input.index - 1 - input.horizon;
  const lines: { intercept: number; slope: number; rank: Float64Array; scaled: Float64Array }[] = [];
  for (let s = Math.max(0, last - config.window + 1); s <= last; s++) {
    const { rank, scaled } = crossSection(input, s);
    if (rank.length < 20) continue; // a line through fewer points says little
    lines.push({ ...fitLine(rank, scaled), rank, scaled });
  }
  if (lines.length < config.minSessions) return null;
  const intercept = mean(lines.map((fit) => fit.intercept));
  const slope = mean(lines.map((fit) => fit.slope));
  const errors = Float64Array.from(lines.flatMap(({ rank, scaled }) => Array.from(scaled, (value, i) => value - intercept - slope * rank[i]))).sort();
  const tail = (1 - config.interval) / 2;
  return { intercept, slope, slopeT: neweyWestT(lines.map((fit) => fit.slope), input.horizon), errorLow: quantile(errors, tail), errorHigh: quantile(errors, 1 - tail), sessions: lines.length };
}

/** Expected return over the horizon and its interval for a rank in [−½, ½] and an annualized volatility. */
export function predictRankRegression(fit: RankRegressionFit, rank: number, volatility: number, horizon: number): { expectedReturn: number; interval: [number, number] } {
  const scale = volatility * Math.sqrt(horizon / SESSIONS_PER_YEAR);
  const scaled = fit.intercept + fit.slope * rank;
  return { expectedReturn: scaled * scale, interval: [Math.max(-1, (scaled + fit.errorLow) * scale), (scaled + fit.errorHigh) * scale] };
}

function crossSection({ bars, features, score, volatility, counts, horizon }: RankRegressionInput, s: number): { rank: Float64Array; scaled: Float64Array } {
  const width = bars.sessions.length;
  const [open, scores, volatilities] = [bars.column('open'), features.column(score), features.column(volatility)];
  const segment = bars.has('segment') ? bars.column('segment') : null;
  const kept: number[] = [];
  const scaled: number[] = [];
  for (let row = 0; row < bars.symbols.length; row++) {
    const at = row * width + s;
    const outcome = open[at + 1 + horizon] / open[at + 1] - 1;
    const unit = volatilities[at] * Math.sqrt(horizon / SESSIONS_PER_YEAR);
    if (!counts(row, s) || Number.isNaN(scores[at]) || !(unit > 0) || !Number.isFinite(outcome)) continue;
    if (segment !== null && segment[at + 1] !== segment[at + 1 + horizon]) continue;
    kept.push(scores[at]);
    scaled.push(outcome / unit);
  }
  return { rank: centredRanks(kept), scaled: Float64Array.from(scaled) };
}
