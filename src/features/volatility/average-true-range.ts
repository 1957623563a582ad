import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanTrueRange } from './true-range.js';

/** Mean true range of `window` sessions as a fraction of the close: Wilder's range with a simple mean, so that its memory ends. */
export function averageTrueRange(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `average-true-range-${window}`,
    family: 'volatility',
    describe: `mean true range of ${window} sessions divided by the close`,
    formula: `mean(max(H, C[t−1]) − min(L, C[t−1]), ${window}) / C`,
    unit: 'ratio',
    source: 'Wilder (1978), true range; simple instead of smoothed mean',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const ranges = meanTrueRange(series, window);
      return fromPosition(series.length, window, (t) => ranges[t] / series.close[t]);
    },
  };
}
