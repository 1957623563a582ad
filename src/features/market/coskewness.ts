import type { SeriesFeature } from '../feature.js';
import { marketModelMoments } from './market-model.js';

/** Whether the instrument does worse than its beta says when the benchmark moves much, either way. */
export function coskewness(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `coskewness-${window}`,
    family: 'market',
    describe: `how the errors of the market model go with squared surprises of the benchmark over ${window} sessions; negative: worse in turmoil`,
    formula: `mean(e · (M − mean M)²) / (√mean(e²) · mean((M − mean M)²)), e of R = α + β M + e over ${window} sessions`,
    unit: 'ratio',
    source: 'Harvey and Siddique (2000), direct coskewness; daily returns',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: (series) => marketModelMoments(series, window, 'coskewness'),
  };
}
