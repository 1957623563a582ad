import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';

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
      const ranges = series.derive('true-range', ({ high, low, close }) => high.map((value, t) => (t === 0 ? Number.NaN : Math.max(value, close[t - 1]) - Math.min(low[t], close[t - 1]))));
      return rollingMean(ranges, window).map((value, t) => value / series.close[t]);
    },
  };
}
