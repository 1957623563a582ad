import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { annualized } from './annualized.js';

/** Annualized volatility from the day's range: five times as efficient as closes if prices are a random walk without drift or gaps. */
export function parkinsonVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `parkinson-volatility-${window}`,
    family: 'volatility',
    describe: `volatility from highs and lows of ${window} sessions, annualized; gaps do not count`,
    formula: `√(252 · mean(ln(H/L)² / (4 ln 2), ${window}))`,
    unit: 'annualized volatility',
    source: 'Parkinson (1980)',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const variance = series.derive('parkinson-variance', ({ high, low }) => fromPosition(high.length, 0, (t) => Math.log(high[t] / low[t]) ** 2 / (4 * Math.LN2)));
      return annualized(rollingMean(variance, window));
    },
  };
}
