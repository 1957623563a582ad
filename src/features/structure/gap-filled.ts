import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Whether the session came back to the close before, wherever it opened. */
export const gapFilled: SeriesFeature = {
  kind: 'series',
  name: 'gap-filled',
  family: 'structure',
  describe: `1 when the range of the session holds the close before, or comes within ${PRICE_TIE} of it, else 0`,
  formula: 'L ≤ C[t−1] ≤ H',
  unit: 'flag',
  source: 'standard',
  lookback: 1,
  inputs: ['bars'],
  compute: ({ high, low, close }) =>
    fromPosition(close.length, 1, (t) => {
      const inRange = Math.min(high[t] - close[t - 1], close[t - 1] - low[t]) + PRICE_TIE * close[t - 1];
      return inRange >= 0 ? 1 : inRange < 0 ? 0 : Number.NaN;
    }),
};
