import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { intradayReturn, overnightReturn } from '../momentum/day-parts.js';

/** How much of the movement happens while the exchange is closed and a stop cannot fill. */
export function overnightVarianceShare(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `overnight-variance-share-${window}`,
    family: 'volatility',
    describe: `squared close-to-open returns of ${window} sessions as a share of these and the squared open-to-close returns`,
    formula: `Σ o² / (Σ o² + Σ i²) over ${window} sessions, o = ln(O/C[t−1]), i = ln(C/O)`,
    unit: 'fraction',
    source: 'own definition',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const night = rollingMean(overnightReturn(series).map((value) => value * value), window);
      const day = rollingMean(intradayReturn(series).map((value) => value * value), window);
      return fromPosition(series.length, window, (t) => night[t] / (night[t] + day[t]));
    },
  };
}
