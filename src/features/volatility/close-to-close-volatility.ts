import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { rollingStd } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';

/** Annualized standard deviation of daily log returns about their mean. */
export function closeToCloseVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `close-to-close-volatility-${window}`,
    family: 'volatility',
    describe: `standard deviation of the daily log returns of ${window} sessions, annualized`,
    formula: `√252 · std(r, ${window}), divisor ${window} − 1`,
    unit: 'annualized volatility',
    source: 'standard',
    lookback: window,
    inputs: ['bars'],
    compute: ({ logReturn }) => rollingStd(logReturn, window).map((deviation) => Math.sqrt(SESSIONS_PER_YEAR) * deviation),
  };
}
