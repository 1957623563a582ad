import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** Distance of the close from the floor traders' pivot of the session before, in ranges of that session. */
export const pivotDistance: SeriesFeature = {
  kind: 'series',
  name: 'pivot-distance',
  family: 'structure',
  describe: 'close less the pivot of the session before, in ranges of that session; NaN without a range',
  formula: '(C − (H[t−1] + L[t−1] + C[t−1]) / 3) / (H[t−1] − L[t−1])',
  unit: 'ratio',
  source: 'standard; floor pivots',
  lookback: 1,
  inputs: ['bars'],
  compute: ({ high, low, close }) => fromPosition(close.length, 1, (t) => (close[t] - (high[t - 1] + low[t - 1] + close[t - 1]) / 3) / (high[t - 1] - low[t - 1])),
};
