import type { SeriesInputs } from '../compute/series-inputs.js';

/** (H + L + C) / 3, [session]. */
export function typicalPrice(series: SeriesInputs): Float64Array {
  return series.derive('typical-price', ({ high, low, close }) => close.map((value, t) => (high[t] + low[t] + value) / 3));
}
