import type { Rng } from '../core/rng.js';
import { mean, neweyWestT } from '../math/stats.js';
import { blockLength, meanInterval } from './block-bootstrap.js';
import type { SeriesSummary } from './score-evaluation.js';

/** Sessions held, which set lags and blocks, and the numbers that the interval is drawn by. */
export interface SummaryOptions {
  readonly horizon: number;
  readonly rng: Rng;
}

/** Mean, deviation, t and interval of one value a session, [session]; NaN counts nowhere. */
export function summarizeSeries(series: ArrayLike<number>, { horizon, rng }: SummaryOptions): SeriesSummary {
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
    interval: meanInterval(values, { block: blockLength(Math.max(1, sessions), horizon), rng }),
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
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  const deviation = Math.sqrt(squares / (values.length - 1));
  return deviation > 8 * Number.EPSILON * Math.abs(centre) ? deviation : 0;
}
