import type { SeriesInputs } from '../compute/series-inputs.js';

/** 1 after a rise of the close, −1 after a fall, 0 when it stood still, [session]. */
export function returnSign(series: SeriesInputs): Float64Array {
  return series.derive('return-sign', ({ simpleReturn }) => simpleReturn.map(Math.sign));
}
