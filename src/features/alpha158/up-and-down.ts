import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** Share of the window's sessions that closed higher than the session before. */
export const upShare = (series: SeriesInputs, window: number): Float64Array => shareOf(series, window, { name: 'up', sign: 1 });

/** Share of the window's sessions that closed lower than the session before. */
export const downShare = (series: SeriesInputs, window: number): Float64Array => shareOf(series, window, { name: 'down', sign: -1 });

interface Direction {
  readonly name: string;
  readonly sign: 1 | -1;
}

function shareOf(series: SeriesInputs, window: number, { name, sign }: Direction): Float64Array {
  return series.derive(`alpha158-${name}-share-${window}`, (inputs) => rollingMean(inputs.derive(`alpha158-${name}`, ({ close }) => flags(close, sign)), window));
}

/** 1 where the change has the sign given, 0 where not, NaN where there is no change to speak of. */
function flags(values: Float64Array, sign: 1 | -1): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = 1; t < values.length; t++) {
    const change = sign * (values[t] - values[t - 1]);
    if (change === change) result[t] = change > 0 ? 1 : 0;
  }
  return result;
}
