import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { highPosition } from './extremes.js';

/** IMAX: how recent the highest high is, 1 when it is today's. */
export function imax(window: number): SeriesFeature {
  return alphaFeature({
    name: `imax-${window}`,
    describe: `position of the highest high in the window of ${window} sessions, counted from its first session, over their number`,
    formula: `argmax(H, ${window}) / ${window}`,
    unit: 'fraction',
    lookback: window - 1,
    compute: (series) => highPosition(series, window).map((position) => position / window),
  });
}
