import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { SESSIONS_PER_YEAR } from '../sessions-per-year.js';

/** Annualized zero-mean volatility of daily log returns over `window` sessions. */
export function realizedVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `realized-volatility-${window}`,
    family: 'volatility',
    describe: `root mean squared daily log return of ${window} sessions, annualized`,
    formula: `√(252 · mean(r², ${window}))`,
    unit: 'annualized volatility',
    source: 'Andersen and Bollerslev (1998), daily squared returns, zero mean',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const squares = series.derive('squared-log-return', ({ logReturn }) => logReturn.map((value) => value * value));
      return rollingMean(squares, window).map((value) => Math.sqrt(SESSIONS_PER_YEAR * value));
    },
  };
}
