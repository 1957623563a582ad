import type { SeriesInputs } from '../compute/series-inputs.js';

/** ln V, [session]; NaN where nothing was traded. */
export function logVolume(series: SeriesInputs): Float64Array {
  return series.derive('log-volume', ({ volume }) => volume.map((value) => (value > 0 ? Math.log(value) : Number.NaN)));
}
