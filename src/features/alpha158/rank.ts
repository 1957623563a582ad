import { rollingRank } from '../../math/rolling/order.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';

/** RANK: where the close stands among those of its window. */
export function rank(window: number): SeriesFeature {
  return alphaFeature({
    name: `rank-${window}`,
    describe: `rank of the close among the closes of ${window} sessions over their number, equals at their mean rank`,
    formula: `rank(C, ${window}) / number of C there`,
    unit: 'rank',
    lookback: window - 1,
    compute: ({ close }) => rollingRank(close, window),
  });
}
