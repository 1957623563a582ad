import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingStd } from '../../math/rolling/moments.js';
import type { MarketFeature } from '../feature.js';
import { memberMean } from './members.js';

/** How much the members move together: an index of independent shares has little variance. */
export function averageCorrelation(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `average-correlation-${window}`,
    family: 'market',
    describe: `variance of the benchmark over the mean variance of the members, daily returns of ${window} sessions: about their mean correlation`,
    formula: `var(M, ${window}) / mean over members of var(R, ${window})`,
    unit: 'ratio',
    source: 'Pollet and Wilson (2010), market variance as average variance times average correlation',
    lookback: window,
    inputs: ['bars', 'index', 'members'],
    compute(market) {
      const index = rollingStd(market.indexReturn, window);
      const members = memberMean(market, window, (closes) => {
        const returns = fromPosition(closes.length, 1, (t) => closes[t] / closes[t - 1] - 1);
        const deviations = rollingStd(returns, window);
        return deviations.map((deviation) => deviation * deviation);
      });
      return fromPosition(index.length, window, (t) => (index[t] * index[t]) / members[t]);
    },
  };
}
