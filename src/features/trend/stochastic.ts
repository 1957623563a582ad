import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { highestHigh, lowestLow } from '../structure/price-extremes.js';

/** %K as a fraction: where the close stands between the lowest low (0) and the highest high (1) of `window` sessions. */
export function stochastic(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `stochastic-${window}`,
    family: 'trend',
    describe: `position of the close in the price range of ${window} sessions`,
    formula: `(C − min(L, ${window})) / (max(H, ${window}) − min(L, ${window}))`,
    unit: 'fraction',
    source: 'Lane (1984), stochastic %K, fraction instead of percent',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const [top, bottom] = [highestHigh(series, window), lowestLow(series, window)];
      return fromPosition(close.length, window - 1, (t) => (close[t] - bottom[t]) / (top[t] - bottom[t]));
    },
  };
}
