import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Lows in a row above the one before: buyers who wait less each day. */
export function higherLows(longest: number): SeriesFeature {
  return {
    kind: 'series',
    name: `higher-lows-${longest}`,
    family: 'structure',
    describe: `sessions in a row with a low above the one before by more than ${PRICE_TIE} of it, at most ${longest}`,
    formula: `number of k = 0 … ${longest - 1} with L[t−k] > L[t−k−1] before the first other`,
    unit: 'sessions',
    source: 'standard',
    lookback: longest,
    inputs: ['bars'],
    compute: ({ low }) =>
      fromPosition(low.length, longest, (t) => {
        let run = 0;
        while (run < longest && low[t - run] > low[t - run - 1] * (1 + PRICE_TIE)) run++;
        const known = run === longest || !Number.isNaN(low[t - run] - low[t - run - 1]);
        return known ? run : Number.NaN;
      }),
  };
}
