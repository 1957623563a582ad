import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { lowestLow } from './extremes.js';
import { dividedBy } from './quotients.js';

/** MIN: lowest low over the close. */
export function min(window: number): SeriesFeature {
  return alphaFeature({
    name: `min-${window}`,
    describe: `lowest low of ${window} sessions divided by the close`,
    formula: `min(L, ${window}) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: (series) => dividedBy(lowestLow(series, window), series.close),
  });
}
