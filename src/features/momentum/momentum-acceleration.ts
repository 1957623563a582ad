import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** Whether the last half of `window` sessions went better than the half before. */
export function momentumAcceleration(window: number): SeriesFeature {
  const half = window / 2;
  return {
    kind: 'series',
    name: `momentum-acceleration-${window}`,
    family: 'momentum',
    describe: `return of the last ${half} sessions less that of the ${half} before`,
    formula: `C / C[t−${half}] − C[t−${half}] / C[t−${window}]`,
    unit: 'return',
    source: 'own definition',
    lookback: window,
    inputs: ['bars'],
    compute: ({ close }) => fromPosition(close.length, window, (t) => close[t] / close[t - half] - close[t - half] / close[t - window]),
  };
}
