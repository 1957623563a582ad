import { rollingMax } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** How far the close stands below the highest close of `window` sessions, at most 0. */
export function closeDrawdown(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `drawdown-${window}`,
    family: 'volatility',
    describe: `close over the highest close of ${window} sessions, less 1`,
    formula: `C / max(C, ${window}) − 1`,
    unit: 'fraction',
    source: 'standard',
    lookback: window - 1,
    inputs: ['bars'],
    compute({ close }) {
      const peak = rollingMax(close, window);
      return fromPosition(close.length, window - 1, (t) => close[t] / peak[t] - 1);
    },
  };
}
