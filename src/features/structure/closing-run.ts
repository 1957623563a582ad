import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from '../momentum/return-sign.js';

/** Closes in a row in one direction: 3 after three rises, −2 after two falls, 0 when the close stood still. */
export function closingRun(longest: number): SeriesFeature {
  return {
    kind: 'series',
    name: `closing-run-${longest}`,
    family: 'structure',
    describe: `sessions in a row with a rise (positive) or a fall (negative) of the close, at most ${longest}`,
    formula: `s · (number of k = 0 … ${longest - 1} with sign(r[t−k]) = s before the first other), s = sign(r)`,
    unit: 'sessions',
    source: 'standard',
    lookback: longest,
    inputs: ['bars'],
    compute(series) {
      const signs = returnSign(series);
      return fromPosition(signs.length, longest, (t) => {
        let run = 1;
        while (run < longest && signs[t - run] === signs[t]) run++;
        const known = run === longest || !Number.isNaN(signs[t - run]); // a run into a hole might be longer
        return known ? run * signs[t] : Number.NaN;
      });
    },
  };
}
