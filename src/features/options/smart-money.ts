import { fromPosition } from '../../math/rolling/from-position.js';
import { optionsFeature } from './options-feature.js';

/** Sessions taken together, and how many of them must be known. */
const WINDOW = 5;
const MIN_KNOWN = 3;

export const smartMoney = optionsFeature(
  {
    name: 'smart-money-score',
    describe: `money paid for new out-of-the-money calls less that for puts, over both, ${WINDOW} sessions; new: traded more than was open`,
    formula: `Σ (calls − puts) / Σ (calls + puts), t−${WINDOW - 1} … t, premium = price · 100 · volume where volume > open interest`,
    unit: 'score',
    source: 'own definition; opening trades as in Pan and Poteshman (2006), without their sides, which no public chain tells',
    lookback: WINDOW - 1,
    columns: ['newCallPremium', 'newPutPremium'],
  },
  {
    compute(series) {
      const [calls, puts] = [series.option('newCallPremium'), series.option('newPutPremium')];
      return fromPosition(series.length, WINDOW - 1, (t) => {
        let [known, difference, sum] = [0, 0, 0];
        for (let s = t - WINDOW + 1; s <= t; s++) {
          if (Number.isNaN(calls[s] + puts[s])) continue;
          known++;
          difference += calls[s] - puts[s];
          sum += calls[s] + puts[s];
        }
        return known < MIN_KNOWN ? Number.NaN : difference / sum;
      });
    },
  },
);
