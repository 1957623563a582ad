import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { highestHigh, lowestLow } from './extremes.js';
import { partOf } from './quotients.js';

/** RSV: where the close stands between the lowest low and the highest high; 0 where they are the same. */
export function rsv(window: number): SeriesFeature {
  return alphaFeature({
    name: `rsv-${window}`,
    describe: `close less the lowest low of ${window} sessions, divided by the range of these sessions`,
    formula: `(C − min(L, ${window})) / (max(H, ${window}) − min(L, ${window}))`,
    unit: 'fraction',
    lookback: window - 1,
    compute(series) {
      const [highest, lowest] = [highestHigh(series, window), lowestLow(series, window)];
      return series.close.map((close, t) => partOf(close - lowest[t], highest[t] - lowest[t]));
    },
  });
}
