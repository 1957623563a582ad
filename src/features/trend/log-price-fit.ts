import type { SeriesFeature } from '../feature.js';
import { logPriceTrend } from './log-price-trend.js';

/** How straight the course was: R² of the least-squares line through the log closes. */
export function logPriceFit(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `log-price-fit-${window}`,
    family: 'trend',
    describe: `R² of the regression of the log close on time over ${window} sessions`,
    formula: `corr(ln C, t, ${window})²`,
    unit: 'fraction',
    source: 'standard; weighting slopes by it as in Clenow (2015)',
    lookback: window - 1,
    inputs: ['bars'],
    compute: (series) => logPriceTrend(series, window, 'correlation').map((correlation) => correlation * correlation),
  };
}
