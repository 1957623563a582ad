import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { upShare } from './up-and-down.js';

/** CNTP: how often the close was higher than the one before. */
export function cntp(window: number): SeriesFeature {
  return alphaFeature({
    name: `cntp-${window}`,
    describe: `share of up sessions among ${window}`,
    formula: `mean(C > C[t−1], ${window})`,
    unit: 'fraction',
    lookback: window,
    compute: (series) => upShare(series, window),
  });
}
