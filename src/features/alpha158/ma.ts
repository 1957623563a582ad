import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** MA: mean close over the close. */
export function ma(window: number): SeriesFeature {
  return alphaFeature({
    name: `ma-${window}`,
    describe: `mean close of ${window} sessions divided by the close`,
    formula: `mean(C, ${window}) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: ({ close }) => dividedBy(rollingMean(close, window), close),
  });
}
