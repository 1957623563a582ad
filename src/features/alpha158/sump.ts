import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { shareOfMovement } from './rises-and-falls.js';

/** SUMP: rises over all movement of the close, as in the relative strength index but unsmoothed; 0 where nothing moved. */
export function sump(window: number): SeriesFeature {
  return alphaFeature({
    name: `sump-${window}`,
    describe: `sum of the rises of the close divided by the sum of its absolute changes over ${window} sessions`,
    formula: `Σ max(C − C[t−1], 0) / Σ |C − C[t−1]| over ${window}`,
    unit: 'fraction',
    lookback: window,
    compute: (series) => shareOfMovement(series, 'close', window, (rises) => rises),
  });
}
