import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { shareOfMovement } from './rises-and-falls.js';

/** SUMD: SUMP less SUMN. */
export function sumd(window: number): SeriesFeature {
  return alphaFeature({
    name: `sumd-${window}`,
    describe: `rises less falls of the close divided by the sum of its absolute changes over ${window} sessions`,
    formula: `(Σ max(C − C[t−1], 0) − Σ max(C[t−1] − C, 0)) / Σ |C − C[t−1]| over ${window}`,
    unit: 'fraction',
    lookback: window,
    compute: (series) => shareOfMovement(series, 'close', window, (rises, falls) => rises - falls),
  });
}
