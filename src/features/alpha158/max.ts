import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { highestHigh } from './extremes.js';
import { dividedBy } from './quotients.js';

/** MAX: highest high over the close. */
export function max(window: number): SeriesFeature {
  return alphaFeature({
    name: `max-${window}`,
    describe: `highest high of ${window} sessions divided by the close`,
    formula: `max(H, ${window}) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: (series) => dividedBy(highestHigh(series, window), series.close),
  });
}
