import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { highPosition, lowPosition } from './extremes.js';

/** IMXD: IMAX less IMIN, positive when the high came after the low. */
export function imxd(window: number): SeriesFeature {
  return alphaFeature({
    name: `imxd-${window}`,
    describe: `sessions from the lowest low to the highest high of ${window} sessions, over their number`,
    formula: `(argmax(H, ${window}) − argmin(L, ${window})) / ${window}`,
    unit: 'fraction',
    lookback: window - 1,
    compute(series) {
      const lows = lowPosition(series, window);
      return highPosition(series, window).map((position, t) => (position - lows[t]) / window);
    },
  });
}
