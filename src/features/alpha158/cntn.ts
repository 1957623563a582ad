import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { downShare } from './up-and-down.js';

/** CNTN: how often the close was lower than the one before. */
export function cntn(window: number): SeriesFeature {
  return alphaFeature({
    name: `cntn-${window}`,
    describe: `share of down sessions among ${window}`,
    formula: `mean(C < C[t−1], ${window})`,
    unit: 'fraction',
    lookback: window,
    compute: (series) => downShare(series, window),
  });
}
