import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** ln(O / C[t−1]), [session]; with the dividend when prices are total-return adjusted. */
export function overnightReturn(series: SeriesInputs): Float64Array {
  return series.derive('overnight-log-return', ({ open, close }) => fromPosition(close.length, 1, (t) => Math.log(open[t] / close[t - 1])));
}

/** ln(C / O), [session]. */
export function intradayReturn(series: SeriesInputs): Float64Array {
  return series.derive('intraday-log-return', ({ open, close }) => fromPosition(close.length, 0, (t) => Math.log(close[t] / open[t])));
}
