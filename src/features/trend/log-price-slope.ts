import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import type { SeriesFeature } from '../feature.js';
import { logPriceTrend } from './log-price-trend.js';

/** Growth of the least-squares line through the log closes of `window` sessions, annualized. */
export function logPriceSlope(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `log-price-slope-${window}`,
    family: 'trend',
    describe: `slope of the regression of the log close on time over ${window} sessions, a year`,
    formula: `252 · slope(ln C on t, ${window})`,
    unit: 'annualized return',
    source: 'standard; ranking by it as in Clenow (2015)',
    lookback: window - 1,
    inputs: ['bars'],
    compute: (series) => logPriceTrend(series, window, 'slope').map((slope) => SESSIONS_PER_YEAR * slope),
  };
}
