import { rollingSkewness } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';

/** Skewness of daily log returns: negative when the falls are the larger moves. */
export function returnSkewness(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `return-skewness-${window}`,
    family: 'volatility',
    describe: `sample skewness of the daily log returns of ${window} sessions`,
    formula: `√(n(n−1)) / (n−2) · m₃ / m₂^1.5 of r, n = ${window}, mₖ central moments with divisor n`,
    unit: 'ratio',
    source: 'Joanes and Gill (1998), G1',
    lookback: window,
    inputs: ['bars'],
    compute: ({ logReturn }) => rollingSkewness(logReturn, window),
  };
}
