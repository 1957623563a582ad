import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Whether the session went beyond both ends of the range before. */
export const outsideDay: SeriesFeature = {
  kind: 'series',
  name: 'outside-day',
  family: 'structure',
  describe: `1 when the session went above and below the range before, else 0; up to ${PRICE_TIE} of the high is neither`,
  formula: 'H > H[t−1] and L < L[t−1]',
  unit: 'flag',
  source: 'standard',
  lookback: 1,
  inputs: ['bars'],
  compute: ({ high, low }) =>
    fromPosition(high.length, 1, (t) => {
      const beyond = Math.min(high[t] - high[t - 1], low[t - 1] - low[t]) - PRICE_TIE * high[t - 1];
      return beyond > 0 ? 1 : beyond <= 0 ? 0 : Number.NaN;
    }),
};
