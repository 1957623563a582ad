import type { SeriesInputs } from '../compute/series-inputs.js';
import { optionsFeature } from './options-feature.js';
import { PUT_CALL_COLUMNS, putCallRatio } from './put-call.js';
import { percentileOf, valuesInWindow, WIDENING } from './widening.js';

/** Where the session's ratio by volume stands among those of the year, [session]. */
export const putCallPercentiles = (series: SeriesInputs): Float64Array => percentileOf(series, 'put/call volume', (inputs) => putCallRatio(inputs, 'volume'));

export const putCallPercentile = optionsFeature(
  {
    name: 'put-call-volume-percentile-252',
    describe: 'share of the last 252 sessions whose put/call ratio by volume was below that of the session; from 40 sessions on',
    formula: 'mean(x[s] < x[t], s = t−251 … t), x = puts / calls',
    unit: 'rank',
    source: 'standard',
    ...WIDENING,
    columns: PUT_CALL_COLUMNS.volume,
  },
  { compute: putCallPercentiles, support: (series) => valuesInWindow(putCallRatio(series, 'volume')) },
);
