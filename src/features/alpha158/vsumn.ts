import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { shareOfMovement } from './rises-and-falls.js';

/** VSUMN: falls over all movement of the volume; 0 where nothing moved. */
export function vsumn(window: number): SeriesFeature {
  return alphaFeature({
    name: `vsumn-${window}`,
    describe: `sum of the falls of the volume divided by the sum of its absolute changes over ${window} sessions`,
    formula: `Σ max(V[t−1] − V, 0) / Σ |V − V[t−1]| over ${window}`,
    unit: 'fraction',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute: (series) => shareOfMovement(series, 'volume', window, (_, falls) => falls),
  });
}
