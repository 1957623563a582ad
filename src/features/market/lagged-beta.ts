import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingTwoSlopes } from '../../math/rolling/two-slopes.js';
import type { SeriesFeature } from '../feature.js';

/** Beta of prices that follow the benchmark a session late: slopes on its return of the day and of the day before. */
export function laggedBeta(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `lagged-beta-${window}`,
    family: 'market',
    describe: `sum of the slopes of daily returns on those of the benchmark of the same and of the session before, over ${window} sessions`,
    formula: `β₀ + β₁ of R = α + β₀ M + β₁ M[t−1] + e over ${window} sessions`,
    unit: 'ratio',
    source: 'Dimson (1979), one lag and no lead',
    lookback: window + 1,
    inputs: ['bars', 'index'],
    compute({ simpleReturn, indexReturn }) {
      const before = fromPosition(indexReturn.length, 1, (t) => indexReturn[t - 1]);
      const { first, second } = rollingTwoSlopes(simpleReturn, [indexReturn, before], window);
      return first.map((slope, t) => slope + second[t]);
    },
  };
}
