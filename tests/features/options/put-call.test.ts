import { describe, expect, it } from 'vitest';

import { SERIES_COLUMNS, SeriesInputs, type SeriesColumn } from '../../../src/features/compute/series-inputs.js';
import { putCallRatio } from '../../../src/features/options/put-call.js';
import { madeInput } from '../../options/intelligence/made-history.js';

describe('the ratio of puts to calls', () => {
  it('is unknown without calls, whatever the puts', () => {
    const { sessions, columns, close } = madeInput({ sessions: 4, columns: { callVolume: (t) => [50, 0, 0, Number.NaN][t], putVolume: (t) => [100, 100, 0, 100][t] } });
    const bars = Object.fromEntries(SERIES_COLUMNS.map((name) => [name, close])) as Record<SeriesColumn, Float64Array>;
    const series = new SeriesInputs(sessions, bars, { tables: { fundamentals: new Map(), earnings: new Map(), macro: new Map() }, options: columns });
    expect(Array.from(putCallRatio(series, 'volume'))).toEqual([2, Number.NaN, Number.NaN, Number.NaN]);
  });
});
