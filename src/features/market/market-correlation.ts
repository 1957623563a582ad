import type { SeriesFeature } from '../feature.js';
import { marketModel } from './market-model.js';

/** Correlation of daily returns with those of the benchmark. */
export function marketCorrelation(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `market-correlation-${window}`,
    family: 'market',
    describe: `correlation of daily returns with those of the benchmark over ${window} sessions`,
    formula: `corr(R, M, ${window}), simple returns of the instrument and the benchmark`,
    unit: 'correlation',
    source: 'standard',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: (series) => marketModel(series, window, 'correlation'),
  };
}
