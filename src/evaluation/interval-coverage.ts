import { drawnMeans, percentileInterval } from './block-bootstrap.js';
import type { CoverageEvaluation, Interval } from './score-evaluation.js';
import type { SummaryOptions } from './summarize-series.js';

export interface CoverageInput {
  /** Ends of each interval and raw return, [symbol, session]; NaN where there is none. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly returns: ArrayLike<number>;
  readonly sessions: number;
  /** Share that the intervals promise; `null` where they do not say. */
  readonly nominal: number | null;
}

/** How often raw returns lay within the intervals given for them, ends included (empirical coverage; Christoffersen, 1998). */
export function intervalCoverage({ low, high, returns, sessions, nominal }: CoverageInput, options: SummaryOptions): CoverageEvaluation {
  const within = new Float64Array(sessions);
  const samples = new Float64Array(sessions);
  let [below, above, width] = [0, 0, 0];
  for (let i = 0; i < returns.length; i++) {
    const span = high[i] - low[i];
    if (Number.isNaN(span + returns[i])) continue;
    const t = i % sessions;
    samples[t]++;
    width += span;
    if (returns[i] < low[i]) below++;
    else if (returns[i] > high[i]) above++;
    else within[t]++;
  }
  const total = sum(samples);
  const share = (count: number): number | null => (total > 0 ? count / total : null);
  return { nominal, samples: total, within: share(sum(within)), below: share(below), above: share(above), interval: shareInterval(within, samples, options), width: share(width) };
}

/** Interval of the share of all samples: sessions are drawn in blocks, each with its names. */
function shareInterval(within: Float64Array, samples: Float64Array, { horizon, intervals }: SummaryOptions): Interval | null {
  const present = samples.map((count, t) => (count > 0 ? t : -1)).filter((t) => t >= 0);
  const draws = intervals.draws(present.length, horizon);
  if (draws === null) return null;
  const [hits, counts] = [within, samples].map((values) => drawnMeans(present.map((t) => values[t]), draws));
  return percentileInterval(hits.map((hit, replicate) => hit / counts[replicate]));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
