import { rollingStd } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** VSTD: standard deviation of the volumes over the volume; NaN at a session without trades. */
export function vstd(window: number): SeriesFeature {
  return alphaFeature({
    name: `vstd-${window}`,
    describe: `standard deviation (divisor n − 1) of the volumes of ${window} sessions divided by the volume`,
    formula: `std(V, ${window}) / V`,
    unit: 'ratio',
    lookback: window - 1,
    inputs: ['bars', 'volume'],
    compute: ({ volume }) => dividedBy(rollingStd(volume, window), volume),
  });
}
