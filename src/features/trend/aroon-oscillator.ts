import { sinceMax, sinceMin } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** Whether the high (up to 1) or the low (down to −1) of the last `window` sessions is the fresher. */
export function aroonOscillator(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `aroon-oscillator-${window}`,
    family: 'trend',
    describe: `sessions since the lowest low less sessions since the highest high of ${window + 1} sessions, over ${window}`,
    formula: `(since(min L, ${window + 1}) − since(max H, ${window + 1})) / ${window}, the latest of equals`,
    unit: 'fraction',
    source: 'Chande (1995), Aroon; fraction instead of percent',
    lookback: window,
    inputs: ['bars'],
    compute({ high, low }) {
      const [sinceLow, sinceHigh] = [sinceMin(low, window + 1), sinceMax(high, window + 1)];
      return fromPosition(high.length, window, (t) => (sinceLow[t] - sinceHigh[t]) / window);
    },
  };
}
