import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, type IsoDate } from '../../src/core/dates.js';
import { membershipTable } from '../../src/data/market.js';
import { Universe, type MembershipInterval } from '../../src/data/universe.js';
import { Panel } from '../../src/table/panel.js';

const on = (date: string): IsoDate => isoDate(date);
const stay = (symbol: string, start: string, end: string | null): MembershipInterval => ({ symbol, start: on(start), end: end === null ? null : on(end) });

const universe = new Universe('sp500', [stay('B', '2018-01-03', '2018-01-05'), stay('A', '2018-01-01', null), stay('B', '2018-01-09', null), stay('C', '2018-01-02', '2018-01-03')]);

describe('members of an index', () => {
  it.each([
    ['2017-12-31', []],
    ['2018-01-01', ['A']],
    ['2018-01-02', ['A', 'C']],
    ['2018-01-03', ['A', 'B']],
    ['2018-01-04', ['A', 'B']],
    ['2018-01-05', ['A']],
    ['2018-01-08', ['A']],
    ['2018-01-09', ['A', 'B']],
  ])('on %s are those whose stay has begun and not ended, without the last day itself', (date, members) => {
    expect(universe.membersAt(on(date))).toEqual(members);
    expect(['A', 'B', 'C'].filter((symbol) => universe.isMember(symbol, on(date)))).toEqual(members);
  });

  it.each([
    ['2017-01-01', '2017-12-31', []],
    ['2017-12-31', '2018-01-01', ['A']],
    ['2018-01-01', '2018-01-02', ['A', 'C']],
    ['2018-01-03', '2018-01-03', ['A', 'B']],
    ['2018-01-05', '2018-01-08', ['A']],
    ['2018-01-02', '2018-01-09', ['A', 'B', 'C']],
  ])('from %s to %s are all who were in on any day of the span', (first, last, members) => {
    expect(universe.membersDuring(on(first), on(last))).toEqual(members);
  });

  it('are named once although their stays overlap', () => {
    const twice = new Universe('x', [stay('A', '2018-01-01', '2018-01-10'), stay('A', '2018-01-05', null)]);
    expect(twice.membersAt(on('2018-01-07'))).toEqual(['A']);
    expect(twice.membersDuring(on('2018-01-01'), on('2018-02-01'))).toEqual(['A']);
  });
});

const SYMBOLS = ['A', 'B', 'C', 'D'];
const anyIntervals = fc.array(
  fc.record({ symbol: fc.constantFrom(...SYMBOLS, 'Z'), start: fc.integer({ min: 17_490, max: 17_560 }), length: fc.option(fc.integer({ min: 1, max: 30 })) }).map(({ symbol, start, length }): MembershipInterval => ({ symbol, start: fromEpochDay(start), end: length === null ? null : fromEpochDay(start + length) })),
  { maxLength: 12 },
);

describe('the table of memberships', () => {
  it('says of each symbol and session what the universe says', () => {
    fc.assert(
      fc.property(anyIntervals, fc.uniqueArray(fc.integer({ min: 17_500, max: 17_540 }), { minLength: 1, maxLength: 15 }), (intervals, sessions) => {
        const any = new Universe('x', intervals);
        const bars = new Panel({ symbols: SYMBOLS, sessions: Int32Array.from(sessions).sort(), columns: {} });
        const expected = SYMBOLS.flatMap((symbol) => Array.from(bars.sessions, (day) => Number(any.isMember(symbol, fromEpochDay(day)))));
        expect(Array.from(membershipTable(bars, any))).toEqual(expected);
      }),
    );
  });

  it('agrees with the members of each session', () => {
    fc.assert(
      fc.property(anyIntervals, (intervals) => {
        const any = new Universe('x', intervals);
        const bars = new Panel({ symbols: [...SYMBOLS, 'Z'], sessions: Int32Array.of(17_495, 17_510, 17_530), columns: {} });
        const table = membershipTable(bars, any);
        bars.sessions.forEach((day, t) => {
          expect(bars.symbols.filter((_, row) => table[row * 3 + t] === 1).sort()).toEqual(any.membersAt(fromEpochDay(day)));
        });
      }),
    );
  });
});
