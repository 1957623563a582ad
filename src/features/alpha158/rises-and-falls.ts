import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { partOf } from './quotients.js';

type Column = 'close' | 'volume';

/** Sum of the rises of a column from one session to the next, falls counting as 0, over each window. */
export const riseSum = (series: SeriesInputs, column: Column, window: number): Float64Array => changeSum(series, column, { window, way: 'rise' });

/** Sum of the falls as positive numbers, rises counting as 0, over each window. */
export const fallSum = (series: SeriesInputs, column: Column, window: number): Float64Array => changeSum(series, column, { window, way: 'fall' });

/** A part of all movement of a column in each window, 0 where nothing moved; the part is made of its rises and falls. */
export function shareOfMovement(series: SeriesInputs, column: Column, window: number, part: (rises: number, falls: number) => number): Float64Array {
  const [rises, falls] = [riseSum(series, column, window), fallSum(series, column, window)];
  const result = new Float64Array(rises.length);
  for (let t = 0; t < result.length; t++) result[t] = partOf(part(rises[t], falls[t]), rises[t] + falls[t]);
  return result;
}

function changeSum(series: SeriesInputs, column: Column, { window, way }: { window: number; way: 'rise' | 'fall' }): Float64Array {
  const sign = way === 'rise' ? 1 : -1;
  return series.derive(`alpha158-${column}-${way}-sum-${window}`, (inputs) => rollingSum(inputs.derive(`alpha158-${column}-${way}`, (bars) => changes(bars[column], sign)), window));
}

function changes(values: Float64Array, sign: 1 | -1): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let t = 1; t < values.length; t++) result[t] = Math.max(0, sign * (values[t] - values[t - 1]));
  return result;
}
