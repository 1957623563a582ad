import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMeanDeviation } from '../../math/rolling/mean-deviation.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { typicalPrice } from './typical-price.js';

/** How unusual the day's typical price is among those of `window` sessions. */
export function commodityChannelIndex(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `commodity-channel-index-${window}`,
    family: 'trend',
    describe: `distance of the typical price from its mean of ${window} sessions, in mean absolute deviations`,
    formula: `(P − mean(P, ${window})) / (0.015 · mean(|P − mean(P, ${window})|)), P = (H + L + C) / 3`,
    unit: 'ratio',
    source: 'Lambert (1980)',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const prices = typicalPrice(series);
      const [middle, deviation] = [rollingMean(prices, window), rollingMeanDeviation(prices, window)];
      // a deviation of equal prices is only rounding
      return fromPosition(prices.length, window - 1, (t) => (deviation[t] > 8 * Number.EPSILON * middle[t] ? (prices[t] - middle[t]) / (0.015 * deviation[t]) : Number.NaN));
    },
  };
}
