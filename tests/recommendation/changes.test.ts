import { describe, expect, it } from 'vitest';

import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { changesSince, type ChangesInput } from '../../src/recommendation/changes.js';
import { Panel } from '../../src/table/panel.js';

const [FRIDAY, MONDAY, TUESDAY] = ['2018-01-19', '2018-01-22', '2018-01-23'].map((date) => isoDate(date));
const CLOSES: Record<string, number[]> = { KEPT: [100, 101, 105], FELL: [50, Number.NaN, 40], DEAD: [10, Number.NaN, Number.NaN], NEW: [Number.NaN, Number.NaN, 7] };
const BARS = new Panel({ symbols: Object.keys(CLOSES), sessions: Int32Array.from([FRIDAY, MONDAY, TUESDAY], toEpochDay), columns: { close: Float64Array.from(Object.values(CLOSES).flat()) } });

const input = (changes: Partial<ChangesInput> = {}): ChangesInput => ({
  previous: { session: MONDAY, equity: 1000, held: ['KEPT', 'FELL', 'DEAD', 'LEFT'], recommendations: [{ symbol: 'FILLED', action: 'enter' }, { symbol: 'AGAIN', action: 'enter' }, { symbol: 'MISSED', action: 'enter' }, { symbol: 'FORGOTTEN', action: 'enter' }, { symbol: 'LEAVING', action: 'exit' }, { symbol: 'KEPT', action: 'hold' }] },
  now: { session: TUESDAY, equity: 1010.5, held: ['KEPT', 'FELL', 'DEAD', 'FILLED', 'NEW'], recommendations: [{ symbol: 'LEAVING', action: 'exit' }, { symbol: 'FELL', action: 'exit' }, { symbol: 'FRESH', action: 'enter' }, { symbol: 'AGAIN', action: 'enter' }, { symbol: 'KEPT', action: 'reduce' }] },
  fills: [{ symbol: 'FILLED', side: 'buy', shares: 3, price: 9.5 }],
  reasons: [{ symbol: 'MISSED', reason: 'no opening price on 2018-01-23' }, { symbol: 'MISSED', reason: 'ranked below the best 20' }],
  bars: BARS,
  ...changes,
});

describe('what changed', () => {
  it('is nothing to speak of on the first evening', () => {
    expect(changesSince(input({ previous: null }))).toBeNull();
  });

  it('names what is new, and not what was said the evening before', () => {
    expect(changesSince(input())).toMatchObject({ since: MONDAY, equity: 10.5, newEntries: ['FRESH'], newExits: ['FELL'], filled: [{ symbol: 'FILLED', side: 'buy', shares: 3, price: 9.5 }] });
  });

  it('names entries that came to nothing with the first reason there is', () => {
    expect(changesSince(input())!.dropped).toEqual([
      { symbol: 'MISSED', reason: 'no opening price on 2018-01-23' },
      { symbol: 'FORGOTTEN', reason: 'no longer among the names that were looked at' },
    ]);
  });

  it('says how what is held on both evenings moved since, by the last closes known', () => {
    expect(changesSince(input())!.moves).toEqual([
      { symbol: 'KEPT', return: 105 / 101 - 1 },
      { symbol: 'FELL', return: 40 / 50 - 1 },
      { symbol: 'DEAD', return: 0 },
    ]);
  });
});
