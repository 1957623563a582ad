import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** max(H, C[t−1]) − min(L, C[t−1]), [session]: the day's range with the gap before it. */
export function trueRange(series: SeriesInputs): Float64Array {
  return series.derive('true-range', ({ high, low, close }) => high.map((value, t) => (t === 0 ? Number.NaN : Math.max(value, close[t - 1]) - Math.min(low[t], close[t - 1]))));
}

/** Simple mean of the true range; needs `window` sessions before. */
export function meanTrueRange(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`mean-true-range-${window}`, (inputs) => rollingMean(trueRange(inputs), window));
}
