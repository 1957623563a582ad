import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** VMA: mean volume over the volume; NaN at a session without trades. */
export function vma(window: number): SeriesFeature {
  return alphaFeature({
    name: `vma-${window}`,
    describe: `mean volume of ${window} sessions divided by the volume`,
    formula: `mean(V, ${window}) / V`,
    unit: 'ratio',
    lookback: window - 1,
    inputs: ['bars', 'volume'],
    compute: ({ volume }) => dividedBy(rollingMean(volume, window), volume),
  });
}
