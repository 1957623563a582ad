import { rollingMax, rollingMin } from '../../math/rolling/extremes.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** max(H, window), today included, [session]; needs window − 1 sessions before. */
export function highestHigh(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`highest-high-${window}`, ({ high }) => rollingMax(high, window));
}

/** min(L, window), today included, [session]; needs window − 1 sessions before. */
export function lowestLow(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`lowest-low-${window}`, ({ low }) => rollingMin(low, window));
}
