import { rollingMin } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Whether the session has the narrowest range of `window`, as before a breakout. */
export function narrowestRange(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `narrowest-range-${window}`,
    family: 'structure',
    describe: `1 when high less low is the smallest of ${window} sessions, else 0; ranges within ${PRICE_TIE} of the high are equal`,
    formula: `H − L = min(H − L, ${window})`,
    unit: 'flag',
    source: `Crabel (1990), NR${window}`,
    lookback: window - 1,
    inputs: ['bars'],
    compute({ high, low }) {
      const ranges = high.map((value, t) => value - low[t]);
      const narrowest = rollingMin(ranges, window);
      return fromPosition(high.length, window - 1, (t) => {
        const excess = ranges[t] - narrowest[t] - PRICE_TIE * high[t];
        return excess > 0 ? 0 : excess <= 0 ? 1 : Number.NaN;
      });
    },
  };
}
