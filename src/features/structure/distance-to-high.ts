import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { highestHigh } from './price-extremes.js';

/** How far the close stands below the highest high of `window` sessions, today included: at most 0. */
export function distanceToHigh(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `distance-to-high-${window}`,
    family: 'structure',
    describe: `close over the highest high of ${window} sessions, less 1`,
    formula: `C / max(H, ${window}) − 1`,
    unit: 'fraction',
    source: 'George and Hwang (2004), 52-week high; as a distance',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const top = highestHigh(series, window);
      return fromPosition(close.length, window - 1, (t) => close[t] / top[t] - 1);
    },
  };
}
