import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanSquaredReturn } from '../volatility/mean-squared-return.js';

const YEAR = 252;
const MONTH = 21;
const MONTHS = (YEAR - MONTH) / MONTH;

/** Momentum 12-1 in units of what a random walk of the same volatility would move: a steady rise counts more than a wild one. */
export const volatilityScaledMomentum: SeriesFeature = {
  kind: 'series',
  name: 'volatility-scaled-momentum-12-1',
  family: 'momentum',
  describe: 'log return from 252 to 21 sessions ago over the root of the squared daily log returns in between',
  formula: 'ln(C[t−21] / C[t−252]) / √(Σ r²[t−251 … t−21]), missing returns as the others of their 21 sessions',
  unit: 'ratio',
  source: 'own definition; returns scaled by volatility as in Moskowitz, Ooi and Pedersen (2012)',
  lookback: YEAR,
  inputs: ['bars'],
  compute(series) {
    const { close } = series;
    const monthly = meanSquaredReturn(series, MONTH);
    return fromPosition(close.length, YEAR, (t) => {
      let sum = 0;
      for (let month = MONTHS; month >= 1; month--) sum += MONTH * monthly[t - month * MONTH];
      return Math.log(close[t - MONTH] / close[t - YEAR]) / Math.sqrt(sum);
    });
  },
};
