import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';

/** Distance gained over path walked: 1 for a straight course, near 0 for one that goes nowhere. */
export function efficiencyRatio(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `efficiency-ratio-${window}`,
    family: 'trend',
    describe: `absolute change of the close over ${window} sessions as a share of the sum of its absolute daily changes`,
    formula: `|C − C[t−${window}]| / Σ |C − C[t−1]| over ${window} sessions`,
    unit: 'fraction',
    source: 'Kaufman (1995)',
    lookback: window,
    inputs: ['bars'],
    compute({ close }) {
      const steps = fromPosition(close.length, 1, (t) => Math.abs(close[t] - close[t - 1]));
      const path = rollingSum(steps, window, window); // a path with a hole would be too short
      return fromPosition(close.length, window, (t) => Math.abs(close[t] - close[t - window]) / path[t]);
    },
  };
}
