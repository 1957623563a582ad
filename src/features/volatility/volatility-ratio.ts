import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanSquaredReturn } from './mean-squared-return.js';

/** Whether prices move more than they used to: volatility of `short` sessions over that of `long`. */
export function volatilityRatio(short: number, long: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volatility-ratio-${short}-${long}`,
    family: 'volatility',
    describe: `zero-mean volatility of ${short} sessions over that of ${long}`,
    formula: `√(mean(r², ${short}) / mean(r², ${long}))`,
    unit: 'ratio',
    source: 'standard',
    lookback: long,
    inputs: ['bars'],
    compute(series) {
      const [now, usual] = [meanSquaredReturn(series, short), meanSquaredReturn(series, long)];
      return fromPosition(series.length, long, (t) => Math.sqrt(now[t] / usual[t]));
    },
  };
}
