import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanTrueRange, trueRange } from '../volatility/true-range.js';

/** Today's true range over what was usual before. */
export function rangeExpansion(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `range-expansion-${window}`,
    family: 'structure',
    describe: `true range over the mean true range of the ${window} sessions before`,
    formula: `TR / mean(TR[t−1], ${window}), TR = max(H, C[t−1]) − min(L, C[t−1])`,
    unit: 'ratio',
    source: 'own definition',
    lookback: window + 1,
    inputs: ['bars'],
    compute(series) {
      const [range, usual] = [trueRange(series), meanTrueRange(series, window)];
      return fromPosition(series.length, window + 1, (t) => range[t] / usual[t - 1]);
    },
  };
}
