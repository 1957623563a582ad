import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { meanSquaredReturn } from './mean-squared-return.js';

/** Share of the variance that came in single days rather than in stretches: what bipower variation does not see. */
export function jumpShare(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `jump-share-${window}`,
    family: 'volatility',
    describe: `part of the variance of ${window} sessions that bipower variation of daily log returns does not explain, at least 0`,
    formula: `max(0, 1 − π/2 · mean(|r| · |r[t−1]|, ${window - 1}) / mean(r², ${window}))`,
    unit: 'fraction',
    source: 'Barndorff-Nielsen and Shephard (2004), bipower variation; on daily returns',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const products = series.derive('adjacent-absolute-returns', ({ logReturn }) => fromPosition(logReturn.length, 1, (t) => Math.abs(logReturn[t] * logReturn[t - 1])));
      const [smooth, whole] = [rollingMean(products, window - 1), meanSquaredReturn(series, window)];
      return fromPosition(series.length, window, (t) => Math.max(0, 1 - ((Math.PI / 2) * smooth[t]) / whole[t]));
    },
  };
}
