import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { annualized } from './annualized.js';

/** Annualized volatility from range and body of the bars; gaps do not count. */
export function garmanKlassVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `garman-klass-volatility-${window}`,
    family: 'volatility',
    describe: `volatility from open, high, low and close of ${window} sessions, annualized; gaps do not count`,
    formula: `√(252 · mean(½ ln(H/L)² − (2 ln 2 − 1) ln(C/O)², ${window}))`,
    unit: 'annualized volatility',
    source: 'Garman and Klass (1980), the practical estimator without gaps',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const variance = series.derive('garman-klass-variance', ({ open, high, low, close }) => fromPosition(high.length, 0, (t) => 0.5 * Math.log(high[t] / low[t]) ** 2 - (2 * Math.LN2 - 1) * Math.log(close[t] / open[t]) ** 2));
      return annualized(rollingMean(variance, window));
    },
  };
}
