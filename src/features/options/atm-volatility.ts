import { optionsFeature } from './options-feature.js';

export const atmVolatility = optionsFeature(
  { name: 'implied-volatility-30', describe: 'at-the-money implied volatility at 30 days, between expiries by total variance', formula: 'σ(30 days, K = F)', unit: 'annualized volatility', source: 'standard', lookback: 0, columns: ['volatility30'] },
  { compute: (series) => series.option('volatility30') },
);
