import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

const YEAR = 252;
const MONTH = 21;

/** What the coming month did a year ago. */
export const seasonalReturn: SeriesFeature = {
  kind: 'series',
  name: 'seasonal-return-252',
  family: 'momentum',
  describe: 'return from 252 to 231 sessions ago, the month ahead one year earlier',
  formula: 'C[t−231] / C[t−252] − 1',
  unit: 'return',
  source: 'Heston and Sadka (2008), annual lag; in sessions instead of calendar months',
  lookback: YEAR,
  inputs: ['bars'],
  compute: ({ close }) => fromPosition(close.length, YEAR, (t) => close[t - YEAR + MONTH] / close[t - YEAR] - 1),
};
