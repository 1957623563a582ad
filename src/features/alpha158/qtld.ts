import { rollingQuantile } from '../../math/rolling/order.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** QTLD: quantile 0.2 of the closes over the close. */
export function qtld(window: number): SeriesFeature {
  return alphaFeature({
    name: `qtld-${window}`,
    describe: `quantile 0.2 of the closes of ${window} sessions, interpolated, divided by the close`,
    formula: `quantile(C, ${window}, 0.2) / C`,
    unit: 'ratio',
    lookback: window - 1,
    compute: ({ close }) => dividedBy(rollingQuantile(close, window, 0.2), close),
  });
}
