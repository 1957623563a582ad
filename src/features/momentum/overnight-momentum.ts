import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { overnightReturn } from './day-parts.js';

/** What was earned from close to open over `window` sessions. */
export function overnightMomentum(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `overnight-momentum-${window}`,
    family: 'momentum',
    describe: `sum of the log returns from close to next open of ${window} sessions; NaN where one is missing`,
    formula: `Σ ln(O / C[t−1]) over ${window} sessions`,
    unit: 'return',
    source: 'Lou, Polk and Skouras (2019)',
    lookback: window,
    inputs: ['bars'],
    compute: (series) => rollingSum(overnightReturn(series), window, window),
  };
}
