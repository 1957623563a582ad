import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** Where in the range of the day the close stands: 0 at the low, 1 at the high. */
export const closeLocation: SeriesFeature = {
  kind: 'series',
  name: 'close-location',
  family: 'structure',
  describe: "position of the close in the session's range; NaN without a range",
  formula: '(C − L) / (H − L)',
  unit: 'fraction',
  source: 'standard; internal bar strength',
  lookback: 0,
  inputs: ['bars'],
  compute: ({ high, low, close }) => fromPosition(close.length, 0, (t) => (close[t] - low[t]) / (high[t] - low[t])),
};
