import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

const MONTH = 21;

/** Share of the months of `window` sessions with a positive return: steady winners against one-off jumps. */
export function upMonthsShare(window: number): SeriesFeature {
  const months = window / MONTH;
  return {
    kind: 'series',
    name: `up-months-share-${window}`,
    family: 'momentum',
    describe: `share of the last ${months} spans of 21 sessions with a positive return`,
    formula: `mean(C[t−21k] > C[t−21k−21]), k = 0 … ${months - 1}`,
    unit: 'fraction',
    source: 'Grinblatt and Moskowitz (2004), return consistency; as a share',
    lookback: window,
    inputs: ['bars'],
    compute: ({ close }) =>
      fromPosition(close.length, window, (t) => {
        let up = 0;
        for (let s = t; s > t - window; s -= MONTH) {
          const change = close[s] - close[s - MONTH];
          up += change > 0 ? 1 : change === change ? 0 : Number.NaN;
        }
        return up / months;
      }),
  };
}
