import { rollingMax, rollingMin } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { MarketFeature } from '../feature.js';
import { memberMean } from './members.js';

/** Members at their highest close less members at their lowest. */
export function newHighsLessLows(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `new-highs-less-lows-${window}`,
    family: 'market',
    describe: `members at their highest close of ${window} sessions less members at their lowest, as a share of all`,
    formula: `(#{C = max(C, ${window})} − #{C = min(C, ${window})}) / #members`,
    unit: 'fraction',
    source: 'standard',
    lookback: window - 1,
    inputs: ['bars', 'members'],
    compute: (market) =>
      memberMean(market, window - 1, (closes) => {
        const [highest, lowest] = [rollingMax(closes, window), rollingMin(closes, window)];
        return fromPosition(closes.length, window - 1, (t) => (closes[t] > 0 && highest[t] > 0 ? Number(closes[t] === highest[t]) - Number(closes[t] === lowest[t]) : Number.NaN));
      }),
  };
}
