import { rankOfLast } from '../../options/history/widening-window.js';
import { optionsFeature } from './options-feature.js';
import { overWindow, valuesInWindow, WIDENING } from './widening.js';

export const ivRank = optionsFeature(
  {
    name: 'iv-rank-252',
    describe: 'implied volatility at 30 days between its lowest (0) and highest (1) of the last 252 sessions; from 40 sessions on',
    formula: '(σ[t] − min) / (max − min), t−251 … t',
    unit: 'fraction',
    source: 'standard',
    ...WIDENING,
    columns: ['volatility30'],
  },
  {
    compute: (series) => series.derive('iv rank', (inputs) => overWindow(inputs.option('volatility30'), rankOfLast)),
    support: (series) => valuesInWindow(series.option('volatility30')),
  },
);
