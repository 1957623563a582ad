import type { SeriesFeature } from '../feature.js';

const YEAR = 252;
const MONTH = 21;

/** Return from twelve months ago to one month ago; the last month is left out because it tends to reverse. */
export const momentum121: SeriesFeature = {
  kind: 'series',
  name: 'momentum-12-1',
  family: 'momentum',
  describe: 'return from 252 to 21 sessions ago',
  formula: 'C[t−21] / C[t−252] − 1',
  unit: 'return',
  source: 'Jegadeesh and Titman (1993); the skipped month as in Asness, Moskowitz and Pedersen (2013)',
  lookback: YEAR,
  inputs: ['bars'],
  compute({ close }) {
    const values = new Float64Array(close.length).fill(Number.NaN);
    for (let t = YEAR; t < close.length; t++) values[t] = close[t - MONTH] / close[t - YEAR] - 1;
    return values;
  },
};
