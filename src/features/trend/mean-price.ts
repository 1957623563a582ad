import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** mean(C, window), [session]; needs window − 1 sessions before. */
export function meanPrice(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`mean-close-${window}`, ({ close }) => rollingMean(close, window));
}
