import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanPrice } from './mean-price.js';

/** How far the close stands above (positive) or below its simple mean of `window` sessions. */
export function distanceToMean(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `distance-to-mean-${window}`,
    family: 'trend',
    describe: `close over the mean close of ${window} sessions, less 1`,
    formula: `C / mean(C, ${window}) − 1`,
    unit: 'fraction',
    source: 'Brock, Lakonishok and LeBaron (1992), moving-average rules; as a distance',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const means = meanPrice(series, window);
      return fromPosition(close.length, window - 1, (t) => close[t] / means[t] - 1);
    },
  };
}
