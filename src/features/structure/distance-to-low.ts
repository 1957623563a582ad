import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { lowestLow } from './price-extremes.js';

/** How far the close stands above the lowest low of `window` sessions, today included: at least 0. */
export function distanceToLow(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `distance-to-low-${window}`,
    family: 'structure',
    describe: `close over the lowest low of ${window} sessions, less 1`,
    formula: `C / min(L, ${window}) − 1`,
    unit: 'fraction',
    source: 'standard; mirror of the distance to the high',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const bottom = lowestLow(series, window);
      return fromPosition(close.length, window - 1, (t) => close[t] / bottom[t] - 1);
    },
  };
}
