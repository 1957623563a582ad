import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { shareOfMovement } from './rises-and-falls.js';

/** VSUMP: rises over all movement of the volume; 0 where nothing moved. */
export function vsump(window: number): SeriesFeature {
  return alphaFeature({
    name: `vsump-${window}`,
    describe: `sum of the rises of the volume divided by the sum of its absolute changes over ${window} sessions`,
    formula: `Σ max(V − V[t−1], 0) / Σ |V − V[t−1]| over ${window}`,
    unit: 'fraction',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute: (series) => shareOfMovement(series, 'volume', window, (rises) => rises),
  });
}
