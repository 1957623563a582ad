import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingStd } from '../../math/rolling/moments.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { meanSquaredReturn } from './mean-squared-return.js';

const MONTH = 21;

/** How much the volatility itself varied, relative to its level. */
export function volatilityOfVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volatility-of-volatility-${window}`,
    family: 'volatility',
    describe: `standard deviation over mean of the 21-session volatility on ${window} sessions`,
    formula: `std(v, ${window}) / mean(v, ${window}), v = √mean(r², 21)`,
    unit: 'ratio',
    source: 'own definition; uncertainty about risk as in Baltussen, van Bekkum and van der Grient (2018), realized instead of implied',
    lookback: window - 1 + MONTH,
    inputs: ['bars'],
    compute(series) {
      const volatility = meanSquaredReturn(series, MONTH).map(Math.sqrt);
      const [deviation, level] = [rollingStd(volatility, window), rollingMean(volatility, window)];
      return fromPosition(series.length, window - 1 + MONTH, (t) => deviation[t] / level[t]);
    },
  };
}
