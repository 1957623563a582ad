import { MIN_VALUES, WIDEST } from '../../options/history/widening-window.js';
import { filteredHighState } from '../../options/regime/filtered-state.js';
import { optionsFeature } from './options-feature.js';
import { valuesInWindow, WIDENING } from './widening.js';

export const ivRegime = optionsFeature(
  {
    name: 'iv-regime',
    describe: 'probability that 30-day implied volatility is in its high state of the last 252 sessions, by what was known until the session; from 40 sessions on',
    formula: 'P(high | ln σ[t−251 … t]) of a two-state hidden Markov filter, states at the mean of each half of the window, stay 0.97',
    unit: 'fraction',
    source: 'Hamilton (1989), filter with parameters fixed by the window',
    ...WIDENING,
    columns: ['volatility30'],
  },
  {
    compute: (series) => series.derive('iv regime', (inputs) => filteredHighState(inputs.option('volatility30').map(Math.log), { window: WIDEST, minValues: MIN_VALUES })),
    support: (series) => valuesInWindow(series.option('volatility30')),
  },
);
