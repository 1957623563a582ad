import { rollingMeanOfWholes } from '../../math/rolling/counts.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from './return-sign.js';

const YEAR = 252;
const MONTH = 21;

/** Frog in the pan: low when momentum 12-1 came in many small steps of its own sign, high when it came in few large ones. */
export const informationDiscreteness: SeriesFeature = {
  kind: 'series',
  name: 'information-discreteness-252',
  family: 'momentum',
  describe: 'share of sessions against momentum 12-1 less share of sessions with it',
  formula: 'sign(C[t−21] / C[t−252] − 1) · (share(r < 0) − share(r > 0)), shares of sessions t−251 … t−21',
  unit: 'fraction',
  source: 'Da, Gurun and Warachka (2014)',
  lookback: YEAR,
  inputs: ['bars'],
  compute(series) {
    const { close } = series;
    const balance = rollingMeanOfWholes(returnSign(series), YEAR - MONTH);
    return fromPosition(close.length, YEAR, (t) => -Math.sign(close[t - MONTH] - close[t - YEAR]) * balance[t - MONTH]);
  },
};
