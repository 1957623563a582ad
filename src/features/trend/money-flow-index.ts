import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';
import { typicalPrice } from './typical-price.js';

/** Share of traded value on days whose typical price rose, as a fraction. */
export function moneyFlowIndex(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `money-flow-index-${window}`,
    family: 'trend',
    describe: `typical price times volume of the days it rose, as a share of the days it moved by more than ${PRICE_TIE}, of ${window} sessions`,
    formula: `Σ P·V where P > P[t−1] / Σ P·V where P ≠ P[t−1] over ${window} sessions, P = (H + L + C) / 3`,
    unit: 'fraction',
    source: 'Quong and Soudack (1989), fraction instead of percent',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute(series) {
      const { volume } = series;
      const prices = typicalPrice(series);
      const flow = (direction: number): Float64Array =>
        fromPosition(prices.length, 1, (t) => {
          const change = direction * (prices[t] - prices[t - 1]);
          return change > PRICE_TIE * prices[t] ? prices[t] * volume[t] : change * volume[t] * 0; // 0, or NaN when an input is missing
        });
      const [up, down] = [rollingSum(flow(1), window), rollingSum(flow(-1), window)];
      return fromPosition(prices.length, window, (t) => up[t] / (up[t] + down[t]));
    },
  };
}
