import type { SeriesFeature } from '../feature.js';
import { marketModel } from './market-model.js';

/** How much the instrument moves with the benchmark. */
export function beta(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `beta-${window}`,
    family: 'market',
    describe: `slope of daily returns on those of the benchmark over ${window} sessions`,
    formula: `β of R = α + β M + e over ${window} sessions, R and M simple returns of the instrument and the benchmark`,
    unit: 'ratio',
    source: 'Sharpe (1963), market model',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: (series) => marketModel(series, window, 'slope'),
  };
}
