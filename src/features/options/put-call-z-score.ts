import type { SeriesFeature } from '../feature.js';
import { optionsFeature } from './options-feature.js';
import { logPutCall, PUT_CALL_COLUMNS, PUT_CALL_WORDS, type PutCallBy } from './put-call.js';
import { Z_WINDOW, zAgainstPast } from './z-score.js';

export function putCallZScore(by: PutCallBy): SeriesFeature {
  return optionsFeature(
    {
      name: `put-call-${by}-z-score-${Z_WINDOW}`,
      describe: `log put/call ratio by ${PUT_CALL_WORDS[by]}, less its mean of the ${Z_WINDOW} sessions before, in their standard deviations; at least 15 of them known`,
      formula: `(x[t] − mean(x[t−1 … t−${Z_WINDOW}])) / std, x = ln(puts / calls)`,
      unit: 'z-score',
      source: 'own definition',
      lookback: Z_WINDOW,
      columns: PUT_CALL_COLUMNS[by],
    },
    { compute: (series) => series.derive(`put/call z-score ${by}`, (inputs) => zAgainstPast(logPutCall(inputs, by))) },
  );
}
