import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** How far the session opened from the close before. */
export const overnightGap: SeriesFeature = {
  kind: 'series',
  name: 'overnight-gap',
  family: 'structure',
  describe: 'open over the close before, less 1',
  formula: 'O / C[t−1] − 1',
  unit: 'return',
  source: 'standard',
  lookback: 1,
  inputs: ['bars'],
  compute: ({ open, close }) => fromPosition(close.length, 1, (t) => open[t] / close[t - 1] - 1),
};
