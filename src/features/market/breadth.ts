import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { MarketFeature } from '../feature.js';
import { memberMean } from './members.js';

/** Share of the members above their own mean: whether many or few carry the index. */
export function breadth(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `breadth-${window}`,
    family: 'market',
    describe: `share of the members whose close lies above its own mean of ${window} sessions`,
    formula: `#{C > mean(C, ${window})} / #members`,
    unit: 'fraction',
    source: 'standard',
    lookback: window - 1,
    inputs: ['bars', 'members'],
    compute: (market) =>
      memberMean(market, window - 1, (closes) => {
        const means = rollingMean(closes, window);
        return fromPosition(closes.length, window - 1, (t) => (closes[t] > 0 && means[t] > 0 ? Number(closes[t] > means[t]) : Number.NaN));
      }),
  };
}
