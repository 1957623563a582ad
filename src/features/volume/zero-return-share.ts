import { rollingMeanOfWholes } from '../../math/rolling/counts.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from '../momentum/return-sign.js';

/** Share of sessions on which the close did not move: trading was not worth its cost. */
export function zeroReturnShare(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `zero-return-share-${window}`,
    family: 'volume',
    describe: `share of ${window} sessions with the close of the session before`,
    formula: `mean(C = C[t−1], ${window})`,
    unit: 'fraction',
    source: 'Lesmond, Ogden and Trzcinka (1999)',
    lookback: window,
    inputs: ['bars'],
    compute: (series) => rollingMeanOfWholes(returnSign(series).map((sign) => 1 - Math.abs(sign)), window),
  };
}
