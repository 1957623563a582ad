import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** mean(r², window): daily variance about zero, [session]; needs `window` sessions before. */
export function meanSquaredReturn(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`mean-squared-return-${window}`, (inputs) => rollingMean(squaredReturn(inputs), window));
}

/** r², [session]. */
export function squaredReturn(series: SeriesInputs): Float64Array {
  return series.derive('squared-log-return', ({ logReturn }) => logReturn.map((value) => value * value));
}
