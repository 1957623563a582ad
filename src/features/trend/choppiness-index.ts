import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { highestHigh, lowestLow } from '../structure/price-extremes.js';
import { trueRange } from '../volatility/true-range.js';

/** Near 0 when the days' ranges add up to one move, near 1 when they lie on top of each other. */
export function choppinessIndex(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `choppiness-index-${window}`,
    family: 'trend',
    describe: `log of the sum of the true ranges over the range of all ${window} sessions, as a share of the log of ${window}; NaN where a session is missing`,
    formula: `ln(Σ TR / (max(H, ${window}) − min(L, ${window}))) / ln ${window}, TR = max(H, C[t−1]) − min(L, C[t−1])`,
    unit: 'fraction',
    source: 'Dreiss, choppiness index; fraction instead of percent',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const [walked, top, bottom] = [rollingSum(trueRange(series), window, window), highestHigh(series, window), lowestLow(series, window)];
      return fromPosition(series.length, window, (t) => Math.log(walked[t] / (top[t] - bottom[t])) / Math.log(window));
    },
  };
}
