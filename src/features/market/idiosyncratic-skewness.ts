import type { SeriesFeature } from '../feature.js';
import { marketModelMoments } from './market-model.js';

/** Skewness of what the benchmark does not explain: high for lottery-like shares. */
export function idiosyncraticSkewness(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `idiosyncratic-skewness-${window}`,
    family: 'market',
    describe: `skewness of the errors of the market model over ${window} sessions`,
    formula: `mean(e³) / mean(e²)^1.5, e of R = α + β M + e over ${window} sessions`,
    unit: 'ratio',
    source: 'Boyer, Mitton and Vorkink (2010); one factor, realized instead of expected',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: (series) => marketModelMoments(series, window, 'skewness'),
  };
}
