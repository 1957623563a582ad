import type { SeriesFeature } from '../feature.js';
import { optionsFeature } from './options-feature.js';
import { PUT_CALL_COLUMNS, PUT_CALL_WORDS, putCallRatio as ratioOf, type PutCallBy } from './put-call.js';

export function putCallRatio(by: PutCallBy): SeriesFeature {
  return optionsFeature(
    { name: `put-call-${by}-ratio`, describe: `puts over calls by ${PUT_CALL_WORDS[by]}`, formula: `${PUT_CALL_COLUMNS[by][0]} / ${PUT_CALL_COLUMNS[by][1]}`, unit: 'ratio', source: 'standard; Pan and Poteshman (2006)', lookback: 0, columns: PUT_CALL_COLUMNS[by] },
    { compute: (series) => ratioOf(series, by) },
  );
}
