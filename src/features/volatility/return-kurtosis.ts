import { rollingKurtosis } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';

/** Excess kurtosis of daily log returns: high when few days made most of the movement. */
export function returnKurtosis(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `return-kurtosis-${window}`,
    family: 'volatility',
    describe: `sample excess kurtosis of the daily log returns of ${window} sessions`,
    formula: `(n−1) / ((n−2)(n−3)) · ((n+1)(m₄ / m₂² − 3) + 6) of r, n = ${window}, mₖ central moments with divisor n`,
    unit: 'ratio',
    source: 'Joanes and Gill (1998), G2',
    lookback: window,
    inputs: ['bars'],
    compute: ({ logReturn }) => rollingKurtosis(logReturn, window),
  };
}
