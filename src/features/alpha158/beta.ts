import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { closeTrend } from './close-trend.js';
import { dividedBy } from './quotients.js';

/** BETA: slope of the closes on time over the close. */
export function beta(window: number): SeriesFeature {
  return alphaFeature({
    name: `beta-${window}`,
    describe: `slope per session of the least-squares line through the closes of ${window} sessions divided by the close`,
    formula: `slope(C on 1 … ${window}) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: (series) => dividedBy(closeTrend(series, window, 'slope'), series.close),
  });
}
