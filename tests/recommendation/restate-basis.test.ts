import { describe, expect, it } from 'vitest';

import { DataError } from '../../src/core/errors.js';
import { fromEpochDay } from '../../src/core/dates.js';
import type { Market } from '../../src/data/market.js';
import { openBook, type Book } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { restateBasis } from '../../src/recommendation/restate-basis.js';
import { barsOf } from '../strategy/made-bars.js';

const BARS = barsOf({ A: { close: [100, 90, 95] }, B: { close: [20, 21, 22] } });
const SESSION = fromEpochDay(BARS.sessions[1]);
const market = (changes: Partial<Pick<Market, 'bars' | 'priceBasis'>> = {}): Pick<Market, 'bars' | 'priceBasis'> => ({ bars: BARS, priceBasis: 'split-adjusted', ...changes });

const BOOK: Book = {
  ...openBook(1000),
  session: SESSION,
  positions: ['A', 'B'].map((symbol) => ({ symbol, shares: 10, entrySession: fromEpochDay(BARS.sessions[0]), entryPrice: 180, cost: toCents(1800), high: 200, stop: 160, target: 260, horizon: 10, trailing: 40 })),
  orders: [{ symbol: 'A', side: 'sell', shares: 10, decidedOn: SESSION, plan: null, kind: 'exit' }],
};
const marks = (a: number, b = 21): ReadonlyMap<string, number> => new Map([['A', a], ['B', b]]);
const ratioOf = (a: number): number | undefined => restateBasis(BOOK, marks(a), market()).events.map((event) => (event.kind === 'split' ? event.ratio : Number.NaN))[0];

describe('a book in prices that were delivered anew', () => {
  it('is the same where the closes are those of its evening, but for a correction of no weight', () => {
    for (const close of [90, 90.4, 89.6]) expect(restateBasis(BOOK, marks(close), market())).toEqual({ book: BOOK, events: [] });
  });

  it('is restated where the source restated its history for a split', () => {
    const { book, events } = restateBasis(BOOK, marks(180), market());
    expect(book.positions[0]).toMatchObject({ symbol: 'A', shares: 20, entryPrice: 90, cost: toCents(1800), high: 100, stop: 80, target: 130, trailing: 20 });
    expect(book.positions[1]).toEqual(BOOK.positions[1]);
    expect(book.orders[0].shares).toBe(20);
    expect([book.cash, book.session, book.appliedActions]).toEqual([BOOK.cash, SESSION, []]);
    expect(events).toEqual([{ kind: 'split', session: SESSION, exDay: BARS.sessions[1], symbol: 'A', ratio: 2, sharesBefore: 10, sharesAfter: 20 }]);
  });

  it.each([[2, 1], [20, 1], [3, 2], [5, 4], [1, 2], [1, 8], [2, 3]])('knows a split of %d for %d, prices rounded to cents', (shares, old) => {
    expect(ratioOf(Math.round((9000 * shares) / old) / 100)).toBeCloseTo(shares / old, 12);
  });

  it('is an error where a close has become another that no split explains', () => {
    for (const change of [0.93, 0.965, 1.04, 1.07, 1.12, 1.45, 0.8 * 1.07, 31]) {
      const restate = (): unknown => restateBasis(BOOK, marks(90 * change), market());
      expect(restate, String(change)).toThrow(DataError);
      expect(restate).toThrow(`expected the close of "A" on ${SESSION} to be ${90 * change} as it was that evening`);
    }
  });

  it('takes few changes of a price for a split, of all that are possible', () => {
    const changes = Array.from({ length: 950 }, (_, i) => 1.05 + i / 1000);
    const explained = changes.filter((change) => {
      try {
        return ratioOf(90 * change) !== undefined;
      } catch {
        return false;
      }
    });
    expect(explained.length / changes.length).toBeLessThan(0.1);
    expect(explained.length).toBeGreaterThan(0);
  });

  it('is left alone before the first evening, with raw prices, without marks, and where the bars do not hold its session', () => {
    const nothing = (book: Book, given: ReadonlyMap<string, number>, of = market()): void => expect(restateBasis(book, given, of)).toEqual({ book, events: [] });
    nothing({ ...BOOK, session: null }, marks(180));
    nothing(BOOK, marks(180), market({ priceBasis: 'raw' }));
    nothing(BOOK, new Map());
    nothing(BOOK, marks(180), market({ bars: BARS.slice(2, 3) }));
    nothing({ ...BOOK, positions: BOOK.positions.map((position) => ({ ...position, symbol: `${position.symbol}2` })) }, new Map([['A2', 180]]));
  });
});
