import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { intradayReturn } from './day-parts.js';

/** What was earned from open to close over `window` sessions. */
export function intradayMomentum(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `intraday-momentum-${window}`,
    family: 'momentum',
    describe: `sum of the log returns from open to close of ${window} sessions; NaN where one is missing`,
    formula: `Σ ln(C / O) over ${window} sessions`,
    unit: 'return',
    source: 'Lou, Polk and Skouras (2019)',
    lookback: window - 1,
    inputs: ['bars'],
    compute: (series) => rollingSum(intradayReturn(series), window, window),
  };
}
