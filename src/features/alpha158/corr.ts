import { rollingCorrelation } from '../../math/rolling/regression.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';

/** CORR: whether volume is high where the close is. */
export function corr(window: number): SeriesFeature {
  return alphaFeature({
    name: `corr-${window}`,
    describe: `correlation of the close with the logarithm of the volume over ${window} sessions`,
    formula: `corr(C, ln V, ${window})`,
    unit: 'correlation',
    lookback: window - 1,
    inputs: ['bars', 'volume'],
    compute: (series) => rollingCorrelation(series.close, series.derive('alpha158-log-volume', ({ volume }) => volume.map(logOfTraded)), window),
  });
}

/** A session without trades has no logarithm: it is missing. */
const logOfTraded = (volume: number): number => (volume > 0 ? Math.log(volume) : Number.NaN);
