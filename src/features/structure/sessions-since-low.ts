import { sinceMin } from '../../math/rolling/extremes.js';
import type { SeriesFeature } from '../feature.js';

/** How long ago the low of `window` sessions was made. */
export function sessionsSinceLow(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `sessions-since-low-${window}`,
    family: 'structure',
    describe: `sessions since the lowest low of ${window} sessions; 0 when made today`,
    formula: `since(min L, ${window}), the latest of equals`,
    unit: 'sessions',
    source: 'Chande (1995), Aroon down without its scale',
    lookback: window - 1,
    inputs: ['bars'],
    compute: ({ low }) => sinceMin(low, window),
  };
}
