import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** Share of the window's sessions that closed higher than the session before. */
export const upShare = (series: SeriesInputs, window: number): Float64Array => series.derive(`alpha158-up-share-${window}`, (inputs) => rollingMean(inputs.derive('alpha158-up', ({ close }) => flags(close, 1)), window));

/** Share of the window's sessions that closed lower than the session before. */
export const downShare = (series: SeriesInputs, window: number): Float64Array => series.derive(`alpha158-down-share-${window}`, (inputs) => rollingMean(inputs.derive('alpha158-down', ({ close }) => flags(close, -1)), window));

/** 1 where the change has the sign given, 0 where not, NaN where there is no change to speak of. */
function flags(values: Float64Array, sign: 1 | -1): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = 1; t < values.length; t++) {
    const change = sign * (values[t] - values[t - 1]);
    if (change === change) result[t] = change > 0 ? 1 : 0;
  }
  return result;
}
