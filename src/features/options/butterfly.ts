import { fromPosition } from '../../math/rolling/from-position.js';
import { optionsFeature } from './options-feature.js';

export const butterfly = optionsFeature(
  { name: 'butterfly-25-delta-30', describe: 'mean implied volatility of puts and calls at a delta of 0.25 less that at the money, 30 days', formula: '(σ(put, Δ 0.25) + σ(call, Δ 0.25)) / 2 − σ(K = F)', unit: 'annualized volatility', source: 'standard', lookback: 0, columns: ['put25', 'call25', 'volatility30'] },
  {
    compute(series) {
      const [puts, calls, middle] = [series.option('put25'), series.option('call25'), series.option('volatility30')];
      return fromPosition(series.length, 0, (t) => (puts[t] + calls[t]) / 2 - middle[t]);
    },
  },
);
