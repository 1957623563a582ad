import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate } from '../../src/core/dates.js';
import { accountColumn } from '../../src/cli/book/account-columns.js';
import { planRemarks } from '../../src/cli/book/plan-remarks.js';
import { sessionsHeld } from '../../src/cli/book/sessions-held.js';
import { SEPARATORS, splitLine } from '../../src/cli/book/split-line.js';
import type { Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';

describe('splitLine', () => {
  it('gives back every value that was written in quotes, whatever separates them', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', ' ', '1', '.') });
    fc.assert(fc.property(fc.array(value, { minLength: 1 }), fc.constantFrom(...SEPARATORS), (values, separator) => {
      const line = values.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator);
      expect(splitLine(line, separator)).toEqual(values.map((text) => ({ text: text.trim(), quoted: true })));
    }));
  });

  it('gives back values without quotes, the empty ones too', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '1', '.', '-') }), { minLength: 1 }), fc.constantFrom(...SEPARATORS), (values, separator) => {
      expect(splitLine(values.join(separator), separator)).toEqual(values.map((text) => ({ text, quoted: false })));
    }));
  });

  it.each(['"AAPL,1', 'AA"PL,1', '"AA"PL,1', '"a""'])('takes %s for no line', (line) => {
    expect(splitLine(line, ',')).toBeNull();
  });
});

describe('accountColumn', () => {
  it.each([['Symbol', 'symbol'], ['TICKER', 'symbol'], ['Qty', 'shares'], ['Quantity', 'shares'], ['Cost Basis Per Share', 'entry_price'], ['entry_session', 'entry_date'], ['stop_price', 'stop'], ['Stop Price', 'stop'], ['as_of', 'as_of'], ['High', null], ['Cost Basis', null], ['constructor', null]])('reads %s as %s', (name, column) => {
    expect(accountColumn(name)).toBe(column);
  });
});

const SESSION = isoDate('2018-01-22');
const position = (changes: Partial<Position> = {}): Position => ({ symbol: 'AAPL', shares: 1, entrySession: SESSION, entryPrice: 100, cost: toCents(100), high: 100, stop: 90, target: 110, horizon: 5, trailing: null, ...changes });
const remarks = (changes: Partial<Position>, brackets: 'resting' | 'close' = 'resting'): string[] => planRemarks(position(changes), { session: SESSION, close: 100, horizon: 5, brackets });

describe('planRemarks', () => {
  it('says nothing of a plan that may go on', () => {
    expect(remarks({})).toEqual([]);
  });

  it('says what is sold at once, and when: resting levels at the next open, those looked at after the close a session later', () => {
    expect(remarks({ stop: 100 })).toEqual(['the stop of 100.00 is not below the last close of 100.00: it would be sold at the open of 2018-01-23 unless the price has risen above it']);
    expect(remarks({ target: 100 }, 'close')).toEqual(['the target of 100.00 is not above the last close of 100.00: it would be sold at the open of 2018-01-24 unless the price has fallen below it']);
    expect(remarks({ stop: 99.99, target: 100.01 })).toEqual([]);
  });

  it('says when a horizon is over, as the evening of the next session counts it', () => {
    expect(remarks({ horizon: 3 })).toEqual([]);
    expect(remarks({ horizon: 2 })).toEqual(['the horizon of 2 sessions ends at the open of 2018-01-24: it would be sold at the open of 2018-01-24']);
    expect(remarks({ horizon: 1 })).toEqual(['the horizon of 1 session is over: it would be sold at the open of 2018-01-24']);
    expect(remarks({ horizon: 6 })).toEqual(["the horizon of 6 sessions is longer than the strategy's 5"]);
  });
});

describe('sessionsHeld', () => {
  it('counts opens from that of the entry to the next one, none before the entry', () => {
    fc.assert(fc.property(fc.integer({ min: -30, max: 30 }), (n) => {
      expect(sessionsHeld({ entrySession: SESSION }, XNYS.shift(SESSION, n))).toBe(n < 0 ? 0 : n + 1);
    }));
  });
});
