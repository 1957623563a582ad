import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanTrueRange } from '../volatility/true-range.js';
import { highestHigh, lowestLow } from './price-extremes.js';

/** How far the close left the channel of the sessions before, in true ranges: positive above, negative below, 0 inside. */
export function channelBreakout(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `channel-breakout-${window}`,
    family: 'structure',
    describe: `distance of the close beyond the highest high or lowest low of the ${window} sessions before, in mean true ranges of ${window} sessions`,
    formula: `(max(C − max(H[t−1], ${window}), 0) + min(C − min(L[t−1], ${window}), 0)) / mean(TR, ${window}), TR = max(H, C[t−1]) − min(L, C[t−1])`,
    unit: 'ratio',
    source: "standard; Donchian's channel",
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const [top, bottom, range] = [highestHigh(series, window), lowestLow(series, window), meanTrueRange(series, window)];
      return fromPosition(close.length, window, (t) => (Math.max(close[t] - top[t - 1], 0) + Math.min(close[t] - bottom[t - 1], 0)) / range[t]);
    },
  };
}
