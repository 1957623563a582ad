import { fromPosition } from '../../math/rolling/from-position.js';
import { optionsFeature } from './options-feature.js';
import { logPutCall } from './put-call.js';
import { skews } from './skew.js';
import { Z_WINDOW, zAgainstPast } from './z-score.js';

/** Standard deviations at which the score is tanh(1). */
const FULL = 2;

export const sentiment = optionsFeature(
  {
    name: 'options-sentiment',
    describe: `how hopeful options are against the ${Z_WINDOW} sessions before: fewer puts by volume and by open interest and a flatter skew count up; within −1 and 1`,
    formula: `tanh(−(z(ln PCR volume) + z(ln PCR open interest) + z(skew)) / ${3 * FULL}), z against the ${Z_WINDOW} sessions before`,
    unit: 'score',
    source: 'own definition',
    lookback: Z_WINDOW,
    columns: ['putVolume', 'callVolume', 'putOpenInterest', 'callOpenInterest', 'put25', 'call25', 'isMixed'],
  },
  {
    compute(series) {
      const volume = series.derive('put/call z-score volume', (inputs) => zAgainstPast(logPutCall(inputs, 'volume')));
      const open = series.derive('put/call z-score open-interest', (inputs) => zAgainstPast(logPutCall(inputs, 'open-interest')));
      const skew = series.derive('skew z-score', (inputs) => zAgainstPast(skews(inputs)));
      return fromPosition(series.length, Z_WINDOW, (t) => Math.tanh(-(volume[t] + open[t] + skew[t]) / (3 * FULL)));
    },
  },
);
