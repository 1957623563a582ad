import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { closeTrend } from './close-trend.js';

/** RSQR: share of the closes' variance that a straight line explains; NaN where the closes do not move. */
export function rsqr(window: number): SeriesFeature {
  return alphaFeature({
    name: `rsqr-${window}`,
    describe: `coefficient of determination of the least-squares line through the closes of ${window} sessions`,
    formula: `corr(C, 1 … ${window})²`,
    unit: 'fraction',
    lookback: window - 1,
    compute: (series) => closeTrend(series, window, 'correlation').map((value) => value * value),
  });
}
