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

  it('is paid a fraction of a share in the prices of now', () => {
    const { book } = restateBasis(BOOK, marks(112.5), market());
    expect([book.positions[0].shares, book.cash - BOOK.cash]).toEqual([12, 4500]);
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

  it('pays a fraction in the prices of now', () => {
    const odd = { ...BOOK, positions: [{ ...BOOK.positions[0], shares: 5, cost: toCents(900) }], orders: [] };
    const { book, events } = restateBasis(odd, marks(135), market());
    expect(book.positions[0]).toMatchObject({ shares: 7, stop: 160 / 1.5, cost: toCents(840) });
    expect(book.cash).toBe(BOOK.cash + 4500);
    expect(events).toEqual([expect.objectContaining({ ratio: 1.5, sharesBefore: 5, sharesAfter: 7 })]);
  });

  it('is the same where the last bar was suspect that evening, is masked by now, or came only later', () => {
    const closes = (close: readonly number[], suspect?: readonly number[]): Pick<Market, 'bars' | 'priceBasis'> => market({ bars: barsOf({ A: { close, ...(suspect ? { suspect } : {}) }, B: { close: close.map(() => 21) } }) });
    const same = { book: BOOK, events: [] };
    // believed that evening was the close of before, 100; by now the bar is what it was, or is masked
    expect(restateBasis(BOOK, marks(100), closes([100, 50, 50], [0, 1, 0]))).toEqual(same);
    expect(restateBasis(BOOK, marks(100), closes([100, Number.NaN, 99], [0, 1, 0]))).toEqual(same);
    expect(restateBasis(BOOK, marks(100), closes([100, 103, 104]))).toEqual(same);
    // an account was put in at the suspect close
    expect(restateBasis(BOOK, marks(50), closes([100, 50, 50], [0, 1, 0]))).toEqual(same);
    // a split is told by the close that was believed
    expect(restateBasis(BOOK, marks(400), closes([100, 50, 50], [0, 1, 0])).events).toEqual([expect.objectContaining({ symbol: 'A', ratio: 4 })]);
    expect(restateBasis(BOOK, marks(100), closes([Number.NaN, Number.NaN, 50]))).toEqual(same);
  });

  it('names the instrument and both closes where it cannot be told', () => {
    const restate = (): unknown => restateBasis(BOOK, marks(90 * 1.17), market());
    expect(restate).toThrow(expect.objectContaining({ code: 'BASIS_CHANGED', fields: { symbol: 'A', then: 90 * 1.17, now: 90 } }) as Error);
    expect(restate).toThrow('put the account in place again with swing book import');
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
