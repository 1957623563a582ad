import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** mean(V, window), [session]; needs window − 1 sessions before. */
export function meanVolume(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`mean-volume-${window}`, ({ volume }) => rollingMean(volume, window));
}
