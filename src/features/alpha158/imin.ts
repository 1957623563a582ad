import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { lowPosition } from './extremes.js';

/** IMIN: how recent the lowest low is, 1 when it is today's. */
export function imin(window: number): SeriesFeature {
  return alphaFeature({
    name: `imin-${window}`,
    describe: `position of the lowest low in the window of ${window} sessions, counted from its first session, over their number`,
    formula: `argmin(L, ${window}) / ${window}`,
    unit: 'fraction',
    lookback: window - 1,
    compute: (series) => lowPosition(series, window).map((position) => position / window),
  });
}
