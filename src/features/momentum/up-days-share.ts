import { rollingMeanOfWholes } from '../../math/rolling/counts.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from './return-sign.js';

/** Share of the sessions of `window` that closed higher than the one before. */
export function upDaysShare(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `up-days-share-${window}`,
    family: 'momentum',
    describe: `share of ${window} sessions with a rise of the close`,
    formula: `mean(C > C[t−1], ${window})`,
    unit: 'fraction',
    source: 'standard',
    lookback: window,
    inputs: ['bars'],
    compute: (series) => rollingMeanOfWholes(returnSign(series).map((sign) => (sign > 0 ? 1 : sign === sign ? 0 : Number.NaN)), window),
  };
}
