import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanTrueRange } from '../volatility/true-range.js';
import { meanPrice } from './mean-price.js';

/** MACD with an end to its memory: difference of two simple means in units of the mean true range. */
export function meanSpread(short: number, long: number): SeriesFeature {
  return {
    kind: 'series',
    name: `mean-spread-${short}-${long}`,
    family: 'trend',
    describe: `mean close of ${short} sessions less that of ${long}, in mean true ranges of ${long} sessions`,
    formula: `(mean(C, ${short}) − mean(C, ${long})) / mean(TR, ${long}), TR = max(H, C[t−1]) − min(L, C[t−1])`,
    unit: 'ratio',
    source: 'Appel (2005), MACD; simple instead of exponential means',
    lookback: long,
    inputs: ['bars'],
    compute(series) {
      const [fast, slow, range] = [meanPrice(series, short), meanPrice(series, long), meanTrueRange(series, long)];
      return fromPosition(series.length, long, (t) => (fast[t] - slow[t]) / range[t]);
    },
  };
}
