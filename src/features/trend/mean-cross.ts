import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanPrice } from './mean-price.js';

/** Mean of `short` sessions over that of `long`: positive after a golden cross. */
export function meanCross(short: number, long: number): SeriesFeature {
  return {
    kind: 'series',
    name: `mean-cross-${short}-${long}`,
    family: 'trend',
    describe: `mean close of ${short} sessions over that of ${long}, less 1`,
    formula: `mean(C, ${short}) / mean(C, ${long}) − 1`,
    unit: 'fraction',
    source: 'Brock, Lakonishok and LeBaron (1992), moving-average rules; as a distance',
    lookback: long - 1,
    inputs: ['bars'],
    compute(series) {
      const [fast, slow] = [meanPrice(series, short), meanPrice(series, long)];
      return fromPosition(series.length, long - 1, (t) => fast[t] / slow[t] - 1);
    },
  };
}
