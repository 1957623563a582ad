import { sinceMax } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';
import { highestHigh } from './price-extremes.js';

/** How long ago the high of `window` sessions was made. */
export function sessionsSinceHigh(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `sessions-since-high-${window}`,
    family: 'structure',
    describe: `sessions since the highest high of ${window} sessions; 0 when made today`,
    formula: `since(max H, ${window}), the latest of equals`,
    unit: 'sessions',
    source: 'Chande (1995), Aroon up without its scale',
    lookback: window - 1,
    inputs: ['bars'],
    compute: ({ high }) => sinceMax(high, window),
  };
}

/** Whether today made, or reached again, the high of `window` sessions. */
export function newHigh(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `new-high-${window}`,
    family: 'structure',
    describe: `1 when the high is the highest of ${window} sessions or within ${PRICE_TIE} of it, else 0`,
    formula: `H = max(H, ${window})`,
    unit: 'flag',
    source: 'standard',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const { high } = series;
      const top = highestHigh(series, window);
      return fromPosition(high.length, window - 1, (t) => {
        const below = top[t] * (1 - PRICE_TIE) - high[t];
        return below > 0 ? 0 : below <= 0 ? 1 : Number.NaN;
      });
    },
  };
}
