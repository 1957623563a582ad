import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { shareOfMovement } from './rises-and-falls.js';

/** SUMN: falls over all movement of the close; 0 where nothing moved. */
export function sumn(window: number): SeriesFeature {
  return alphaFeature({
    name: `sumn-${window}`,
    describe: `sum of the falls of the close divided by the sum of its absolute changes over ${window} sessions`,
    formula: `Σ max(C[t−1] − C, 0) / Σ |C − C[t−1]| over ${window}`,
    unit: 'fraction',
    lookback: window,
    compute: (series) => shareOfMovement(series, 'close', window, (_, falls) => falls),
  });
}
