import { logNotional } from './notional.js';
import { optionsFeature } from './options-feature.js';
import { Z_WINDOW, zAgainstPast } from './z-score.js';

/** How unusual the session's trading in options is. */
export const optionVolumeZScore = optionsFeature(
  {
    name: `option-volume-z-score-${Z_WINDOW}`,
    describe: `log value of the options traded, less its mean of the ${Z_WINDOW} sessions before, in their standard deviations; at least 15 of them known`,
    formula: `(x[t] − mean(x[t−1 … t−${Z_WINDOW}])) / std, x = ln((call + put volume) · 100 · spot)`,
    unit: 'z-score',
    source: 'own definition; Johnson and So (2012) of option volume',
    lookback: Z_WINDOW,
    columns: ['callVolume', 'putVolume', 'spot', 'isMixed'],
  },
  { compute: (series) => series.derive('option volume z-score', (inputs) => zAgainstPast(logNotional(inputs, ['callVolume', 'putVolume']))) },
);
