import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingStd } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';
import { intradayReturn, overnightReturn } from '../momentum/day-parts.js';
import { rogersSatchellVariance } from './rogers-satchell-volatility.js';

/** Annualized volatility from the bars with their gaps, whatever the drift. */
export function yangZhangVolatility(window: number): SeriesFeature {
  const k = 0.34 / (1.34 + (window + 1) / (window - 1));
  return {
    kind: 'series',
    name: `yang-zhang-volatility-${window}`,
    family: 'volatility',
    describe: `volatility from gaps, open-to-close returns and ranges of ${window} sessions, unbiased by a drift, annualized`,
    formula: `√(252 · (var(ln(O/C[t−1]), ${window}) + k · var(ln(C/O), ${window}) + (1 − k) · RogersSatchell(${window}))), k = 0.34 / (1.34 + ${window + 1}/${window - 1}), divisors ${window} − 1`,
    unit: 'annualized volatility',
    source: 'Yang and Zhang (2000)',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const overnight = rollingStd(overnightReturn(series), window);
      const intraday = rollingStd(intradayReturn(series), window);
      const range = rogersSatchellVariance(series, window);
      return fromPosition(series.length, window, (t) => Math.sqrt(SESSIONS_PER_YEAR * (overnight[t] * overnight[t] + k * intraday[t] * intraday[t] + (1 - k) * range[t])));
    },
  };
}
