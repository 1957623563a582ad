import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { shareOfMovement } from './rises-and-falls.js';

/** VSUMD: VSUMP less VSUMN. */
export function vsumd(window: number): SeriesFeature {
  return alphaFeature({
    name: `vsumd-${window}`,
    describe: `rises less falls of the volume divided by the sum of its absolute changes over ${window} sessions`,
    formula: `(Σ max(V − V[t−1], 0) − Σ max(V[t−1] − V, 0)) / Σ |V − V[t−1]| over ${window}`,
    unit: 'fraction',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute: (series) => shareOfMovement(series, 'volume', window, (rises, falls) => rises - falls),
  });
}
