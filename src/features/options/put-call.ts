import { fromPosition } from '../../math/rolling/from-position.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { comparable } from './comparable.js';

/** What puts and calls are counted by. */
export const PUT_CALL_COLUMNS = {
  volume: ['putVolume', 'callVolume', 'isMixed'],
  'open-interest': ['putOpenInterest', 'callOpenInterest', 'isMixed'],
} as const satisfies Record<string, readonly SummaryColumn[]>;

export type PutCallBy = keyof typeof PUT_CALL_COLUMNS;

export const PUT_CALL_WORDS: Readonly<Record<PutCallBy, string>> = { volume: 'volume of the session', 'open-interest': 'open interest, settled the session before' };

/** Puts over calls, NaN without calls, [session]. */
export function putCallRatio(series: SeriesInputs, by: PutCallBy): Float64Array {
  return series.derive(`put/call ${by}`, (inputs) => {
    const [puts, calls] = PUT_CALL_COLUMNS[by].map((column) => comparable(inputs, column));
    return fromPosition(inputs.length, 0, (t) => (calls[t] > 0 ? puts[t] / calls[t] : Number.NaN));
  });
}

/** Its logarithm, by which twice as many puts are as far from even as twice as many calls. */
export function logPutCall(series: SeriesInputs, by: PutCallBy): Float64Array {
  return series.derive(`log put/call ${by}`, (inputs) => {
    const ratio = putCallRatio(inputs, by);
    return fromPosition(inputs.length, 0, (t) => Math.log(ratio[t]));
  });
}
