import { rollingStd } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** STD: standard deviation of the closes over the close. */
export function std(window: number): SeriesFeature {
  return alphaFeature({
    name: `std-${window}`,
    describe: `standard deviation (divisor n − 1) of the closes of ${window} sessions divided by the close`,
    formula: `std(C, ${window}) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: ({ close }) => dividedBy(rollingStd(close, window), close),
  });
}
