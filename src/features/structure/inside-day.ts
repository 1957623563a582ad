import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Whether the session stayed within the range of the one before. */
export const insideDay: SeriesFeature = {
  kind: 'series',
  name: 'inside-day',
  family: 'structure',
  describe: `1 when the session went neither above nor below the range before, else 0; up to ${PRICE_TIE} of the high is neither`,
  formula: 'H ≤ H[t−1] and L ≥ L[t−1]',
  unit: 'flag',
  source: 'standard',
  lookback: 1,
  inputs: ['bars'],
  compute: ({ high, low }) =>
    fromPosition(high.length, 1, (t) => {
      const room = Math.min(high[t - 1] - high[t], low[t] - low[t - 1]) + PRICE_TIE * high[t - 1];
      return room >= 0 ? 1 : room < 0 ? 0 : Number.NaN;
    }),
};
