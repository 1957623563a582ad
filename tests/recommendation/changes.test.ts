import { describe, expect, it } from 'vitest';

import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { changesSince, type ChangesInput } from '../../src/recommendation/changes.js';
import { toCents } from '../../src/portfolio/cents.js';
import { Panel } from '../../src/table/panel.js';

const [FRIDAY, MONDAY, TUESDAY] = ['2018-01-19', '2018-01-22', '2018-01-23'].map((date) => isoDate(date));
const CLOSES: Record<string, number[]> = { KEPT: [100, 101, 105], FELL: [50, Number.NaN, 40], DEAD: [10, Number.NaN, Number.NaN], NEW: [Number.NaN, Number.NaN, 7] };
const BARS = new Panel({ symbols: Object.keys(CLOSES), sessions: Int32Array.from([FRIDAY, MONDAY, TUESDAY], toEpochDay), columns: { close: Float64Array.from(Object.values(CLOSES).flat()) } });

/** Three shares that cost 28.50 in all when they were bought. */
const fill = (symbol: string, side: 'buy' | 'sell', changes: Partial<ChangesInput['fills'][number]> = {}): ChangesInput['fills'][number] => ({ symbol, side, shares: 3, price: 9.5, reason: side === 'buy' ? 'entry' : 'exit', gross: toCents(28.5), commission: toCents(0), basis: toCents(28.5), ...changes });

const input = (changes: Partial<ChangesInput> = {}): ChangesInput => ({
  previous: { session: MONDAY, equity: 1000, held: ['KEPT', 'FELL', 'DEAD', 'LEFT'], recommendations: [{ symbol: 'FILLED', action: 'enter' }, { symbol: 'AGAIN', action: 'enter' }, { symbol: 'MISSED', action: 'enter' }, { symbol: 'FORGOTTEN', action: 'enter' }, { symbol: 'LEAVING', action: 'exit' }, { symbol: 'KEPT', action: 'hold' }] },
  now: { session: TUESDAY, equity: 1010.5, held: ['KEPT', 'FELL', 'DEAD', 'FILLED', 'NEW'], recommendations: [{ symbol: 'LEAVING', action: 'exit' }, { symbol: 'FELL', action: 'exit' }, { symbol: 'FRESH', action: 'enter' }, { symbol: 'AGAIN', action: 'enter' }, { symbol: 'KEPT', action: 'reduce' }] },
  fills: [fill('FILLED', 'buy')],
  reasons: [{ symbol: 'MISSED', reason: 'no opening price on 2018-01-23' }, { symbol: 'MISSED', reason: 'ranked below the best 20' }],
  bars: BARS,
  ...changes,
});

describe('what changed', () => {
  it('is nothing to speak of on the first evening', () => {
    expect(changesSince(input({ previous: null }))).toBeNull();
  });

  it('names what is new, and not what was said the evening before', () => {
    expect(changesSince(input())).toMatchObject({ since: MONDAY, equity: 10.5, newEntries: ['FRESH'], newExits: ['FELL'], filled: [{ symbol: 'FILLED', side: 'buy', shares: 3, price: 9.5, reason: 'entry', return: null }] });
  });

  it('names entries that came to nothing with the first reason there is', () => {
    expect(changesSince(input())!.dropped).toEqual([
      { symbol: 'MISSED', reason: 'no opening price on 2018-01-23' },
      { symbol: 'FORGOTTEN', reason: 'no longer among the names that were looked at' },
    ]);
  });

  it('does not name what was bought since, even where it is sold again', () => {
    const fills = [fill('MISSED', 'buy'), fill('MISSED', 'sell', { reason: 'stop' })];
    expect(changesSince(input({ fills }))!.dropped.map(({ symbol }) => symbol)).toEqual(['FORGOTTEN']);
    expect(changesSince(input({ fills: [fill('MISSED', 'sell')] }))!.dropped.map(({ symbol }) => symbol)).toEqual(['MISSED', 'FORGOTTEN']);
  });

  it('says what a sale was made for and what it returned after costs, and nothing of what a share cost nothing', () => {
    const fills = [fill('A', 'sell', { reason: 'stop', gross: toCents(30), commission: toCents(0.07) }), fill('B', 'sell', { reason: 'delisted', gross: toCents(0) }), fill('C', 'sell', { reason: 'split-cash', basis: toCents(0) })];
    expect(changesSince(input({ fills }))!.filled.map(({ symbol, reason, return: made }) => [symbol, reason, made])).toEqual([
      ['A', 'stop', expect.closeTo(29.93 / 28.5 - 1, 12)],
      ['B', 'delisted', -1],
      ['C', 'split-cash', null],
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
