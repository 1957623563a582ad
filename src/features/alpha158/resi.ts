import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { closeTrend } from './close-trend.js';
import { dividedBy } from './quotients.js';

/** RESI: how far the close lies above the line through its window, over the close. */
export function resi(window: number): SeriesFeature {
  return alphaFeature({
    name: `resi-${window}`,
    describe: `close less the end of the least-squares line through the closes of ${window} sessions, divided by the close`,
    formula: `(C − line(C on 1 … ${window})[${window}]) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: (series) => dividedBy(closeTrend(series, window, 'residual'), series.close),
  });
}
