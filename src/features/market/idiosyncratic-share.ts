import type { SeriesFeature } from '../feature.js';
import { marketModel } from './market-model.js';

/** Part of the variance that is the company's own. */
export function idiosyncraticShare(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `idiosyncratic-share-${window}`,
    family: 'market',
    describe: `part of the variance of ${window} daily returns that the benchmark does not explain`,
    formula: `1 − corr(R, M, ${window})²`,
    unit: 'fraction',
    source: 'Roll (1988), R²; Morck, Yeung and Yu (2000)',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: (series) => marketModel(series, window, 'correlation').map((correlation) => 1 - correlation * correlation),
  };
}
