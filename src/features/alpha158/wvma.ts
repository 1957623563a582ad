import { rollingMeanAndStd } from '../../math/rolling/moments.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { partOf } from './quotients.js';

/** WVMA: how unevenly volume-weighted price changes are spread over the window; 0 where there are none. */
export function wvma(window: number): SeriesFeature {
  return alphaFeature({
    name: `wvma-${window}`,
    describe: `standard deviation (divisor n − 1) of absolute return times volume over ${window} sessions divided by its mean`,
    formula: `std(|C / C[t−1] − 1| · V, ${window}) / mean(|C / C[t−1] − 1| · V, ${window})`,
    unit: 'ratio',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute(series) {
      const moves = series.derive('alpha158-weighted-moves', weightedMoves);
      const { mean, std } = rollingMeanAndStd(moves, window);
      return std.map((deviation, t) => partOf(deviation, mean[t]));
    },
  });
}

function weightedMoves({ simpleReturn, volume }: SeriesInputs): Float64Array {
  return simpleReturn.map((change, t) => Math.abs(change) * volume[t]);
}
