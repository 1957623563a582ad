import { mean } from '../math/stats.js';
import { drawnMeans } from './block-bootstrap.js';
import { RankCorrelation } from './rank-correlation.js';
import { Ranker } from './ranker.js';
import type { QuantileEvaluation } from './score-evaluation.js';
import { bucketsOf, type SessionSlice } from './session-slice.js';
import { orNull, summarizeSeries, type SummaryOptions } from './summarize-series.js';

/** Mean label and raw return of names by quantile of their score, session after session. */
export class QuantileReturns {
  readonly #count: number;
  /** [quantile][session], NaN for an empty quantile. */
  readonly label: Float64Array[];
  readonly return: Float64Array[];
  readonly #names: Float64Array[];

  constructor(count: number, sessions: number) {
    const table = (): Float64Array[] => Array.from({ length: count }, () => new Float64Array(sessions).fill(Number.NaN));
    this.#count = count;
    [this.label, this.return, this.#names] = [table(), table(), table()];
  }

  /** Quantiles are made of all names with a score, as they would be held; means are of those with a value. */
  add(slice: SessionSlice): void {
    const bucket = bucketsOf(slice.scoreRanking, this.#count);
    const [labels, returns] = [meanByBucket(slice.label, bucket, this.#count), meanByBucket(slice.returns, bucket, this.#count)];
    for (let k = 0; k < this.#count; k++) [this.label[k][slice.t], this.return[k][slice.t], this.#names[k][slice.t]] = [labels.means[k], returns.means[k], labels.names[k]];
  }

  /** Top less bottom, [session]. */
  spread(of: 'label' | 'return'): Float64Array {
    const top = this[of][this.#count - 1];
    return this[of][0].map((bottom, t) => top[t] - bottom);
  }

  evaluate(options: SummaryOptions): QuantileEvaluation {
    const spread = { label: summarizeSeries(this.spread('label'), options), return: summarizeSeries(this.spread('return'), options) };
    const means = this.label.map((label, k) => ({ quantile: k + 1, label: presentMean(label), return: presentMean(this.return[k]), names: presentMean(this.#names[k]) }));
    const returns = Float64Array.from(means, (one) => one.return ?? Number.NaN);
    const known = !returns.some(Number.isNaN);
    const monotonicity = { rankCorrelation: known ? risingCorrelation(returns) : null, positiveSpread: spread.return.positive, pValue: known ? risingPValue(this.return, options) : null };
    return { count: this.#count, means, spread, monotonicity };
  }
}

/** Spearman's correlation of values with their positions. */
function risingCorrelation(values: Float64Array): number | null {
  const ranker = new Ranker(values.length);
  return new RankCorrelation(values.length).of(ranker.rank(values), ranker.rank(values.map((_, k) => k))).correlation;
}

/**
 * Chance of a smallest step as large as the one found if means did not rise from quantile to quantile: the share of series
 * drawn anew, less their own steps, whose smallest step is as large; `null` with fewer than two blocks of whole sessions.
 * @see Patton and Timmermann (2010), drawn in circular instead of stationary blocks
 */
function risingPValue(returns: readonly Float64Array[], { horizon, intervals }: SummaryOptions): number | null {
  const whole = returns[0].map((_, t) => (returns.some((series) => Number.isNaN(series[t])) ? -1 : t)).filter((t) => t >= 0);
  const draws = intervals.draws(whole.length, horizon);
  if (draws === null) return null;
  const steps = returns.slice(1).map((series, k) => Float64Array.from(whole).map((t) => series[t] - returns[k][t]));
  const found = steps.map((step) => mean(step));
  const drawn = steps.map((step) => drawnMeans(step, draws));
  const smallest = drawn[0].map((_, replicate) => drawn.reduce((least, means, k) => Math.min(least, means[replicate] - found[k]), Infinity));
  return smallest.filter((step) => step >= Math.min(...found)).length / smallest.length;
}

function meanByBucket(values: Float64Array, bucket: Int8Array, count: number): { means: Float64Array; names: Float64Array } {
  const [means, names] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < values.length; row++) {
    if (bucket[row] < 0 || Number.isNaN(values[row])) continue;
    means[bucket[row]] += values[row];
    names[bucket[row]]++;
  }
  for (let k = 0; k < count; k++) means[k] /= names[k];
  return { means, names };
}

function presentMean(series: Float64Array): number | null {
  return orNull(mean(series.filter((value) => !Number.isNaN(value))));
}
