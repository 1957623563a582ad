import { fromPosition } from '../../math/rolling/from-position.js';
import { comparable } from './comparable.js';
import { optionsFeature } from './options-feature.js';

export const volumeToOpenInterest = optionsFeature(
  {
    name: 'option-volume-to-open-interest',
    describe: 'options traded in the session over those open before it',
    formula: '(call + put volume) / (call + put open interest)',
    unit: 'ratio',
    source: 'standard',
    lookback: 0,
    columns: ['callVolume', 'putVolume', 'callOpenInterest', 'putOpenInterest', 'isMixed'],
  },
  {
    compute(series) {
      const [callVolume, putVolume, calls, puts] = (['callVolume', 'putVolume', 'callOpenInterest', 'putOpenInterest'] as const).map((column) => comparable(series, column));
      return fromPosition(series.length, 0, (t) => (callVolume[t] + putVolume[t]) / (calls[t] + puts[t]));
    },
  },
);
