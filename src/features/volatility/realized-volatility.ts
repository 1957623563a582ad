import type { SeriesFeature } from '../feature.js';
import { annualized } from './annualized.js';
import { meanSquaredReturn } from './mean-squared-return.js';

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
    compute: (series) => annualized(meanSquaredReturn(series, window)),
  };
}
