import { mean, neweyWestT, standardDeviation } from '../math/stats.js';
import type { IntervalMaker } from './interval-maker.js';
import type { SeriesSummary } from './score-evaluation.js';

/** Sessions held, which set lags and blocks, and what draws the interval. */
export interface SummaryOptions {
  readonly horizon: number;
  readonly intervals: IntervalMaker;
}

/** Mean, deviation, t and interval of one value a session, [session]; NaN counts nowhere. */
export function summarizeSeries(series: ArrayLike<number>, { horizon, intervals }: SummaryOptions): SeriesSummary {
  const values = Float64Array.from(series).filter((value) => !Number.isNaN(value));
  const sessions = values.length;
  const centre = orNull(mean(values));
  const deviation = sampleDeviation(values);
  return {
    sessions,
    mean: centre,
    standardDeviation: deviation,
    icir: centre !== null && deviation !== null && deviation > 0 ? centre / deviation : null,
    t: sessions > horizon + 1 ? neweyWestT(values, horizon) : null,
    interval: intervals.ofMean(values, horizon),
    positive: sessions > 0 ? values.filter((value) => value > 0).length / sessions : null,
  };
}

/** The number, `null` for NaN. */
export function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Standard deviation with divisor n − 1, 0 where it is only rounding of equal values; `null` of fewer than two. */
function sampleDeviation(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const deviation = standardDeviation(values);
  return deviation > 8 * Number.EPSILON * Math.abs(mean(values)) ? deviation : 0;
}
