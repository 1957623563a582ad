import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { equity, NO_PLAN, type Book } from '../../src/portfolio/book.js';
import { fromCents } from '../../src/portfolio/cents.js';
import type { SessionAction, SessionMarket } from '../../src/portfolio/session-market.js';
import { stepBook, type BookStep } from '../../src/portfolio/step-book.js';
import { bar, bookOf, buy, COSTS, dividendOf, FREE, held, marketOf, PLAN, sell, SESSION, splitOf } from './made-book.js';

const EX_DAY = toEpochDay(SESSION);
/** Neither stop nor target. */
const BARE = { stop: Number.NaN, target: Number.NaN };
const RESTING = { costs: FREE, brackets: 'resting' } as const;
const CLOSE = { costs: FREE, brackets: 'close' } as const;

const step = (book: Book, market: SessionMarket): BookStep => stepBook(book, market, RESTING);
const filled = ({ fills }: BookStep): unknown[] => fills.map(({ symbol, reason, shares, price }) => [symbol, reason, shares, price]);

describe('a session of a book', () => {
  it('is over when it comes back: it stands there, and no order waits', () => {
    const { book } = step(bookOf(1000, [], [buy('A', 1), buy('NONE', 1)]), marketOf({ A: bar(100, 101, 99, 100) }));
    expect(book).toMatchObject({ session: SESSION, orders: [] });
  });

  it.each(['2018-01-02', '2018-01-01'])('comes after the last one: not on %s', (session) => {
    expect(() => step(bookOf(1000, []), marketOf({}, { session: isoDate(session) }))).toThrow("expected a session after the book's 2018-01-02");
  });

  it('goes through its parts in the order of the day', () => {
    const book = bookOf(50, [held('A', 3, BARE), held('S', 5, { stop: 96 }), held('V', 1)], [buy('B', 10, { plan: NO_PLAN }), sell('A', 1), buy('L', 10, { limit: 9, plan: NO_PLAN })]);
    const market = marketOf({ A: bar(100, 101, 99, 100), B: bar(5, 5, 5, 5), L: bar(10, 10, 8, 10), S: bar(99, 99, 95, 98) }, { actions: [splitOf('A', 1.5)], delistings: [{ symbol: 'V', price: 42, reason: 'merged' }] });
    expect(filled(step(book, market))).toEqual([
      ['A', 'split-cash', 0.5, 100],
      ['A', 'reduce', 1, 100],
      ['B', 'entry', 10, 5],
      ['L', 'entry', 10, 9],
      ['S', 'stop', 5, 96],
      ['V', 'delisted', 1, 42],
    ]);
  });

  it('leaves the book it was given alone', () => {
    const before = bookOf(1000, [held('A', 3)], [buy('A', 5), sell('A', 1)]);
    const copy = structuredClone(before);
    step(before, marketOf({ A: bar(100, 130, 80, 100) }, { actions: [splitOf('A', 2)] }));
    expect(before).toEqual(copy);
  });
});

describe('corporate actions', () => {
  const flat = marketOf({ A: bar(50, 50, 50, 50) }, { actions: [splitOf('A', 2)] });

  it('restate shares and all prices of a position and its orders', () => {
    const position = held('A', 3, { trailing: 8, high: 110 });
    const { book, events } = stepBook(bookOf(1000, [position], [sell('A', 1), buy('A', 2, { plan: { ...PLAN, trailing: 6 }, limit: 90 })]), { ...flat, bar: () => null }, CLOSE);
    expect(book.positions).toEqual([{ ...position, shares: 6, entryPrice: 50, stop: 45, target: 60, trailing: 4, high: 55 }]);
    expect(events).toEqual([{ kind: 'split', session: SESSION, exDay: EX_DAY, symbol: 'A', ratio: 2, sharesBefore: 3, sharesAfter: 6 }]);
    const traded = stepBook(bookOf(1000, [position], [sell('A', 1), buy('A', 2, { plan: { ...PLAN, trailing: 6 }, limit: 90 })]), { ...flat, bar: () => bar(44, 46, 44, 46) }, CLOSE);
    expect(filled(traded)).toEqual([
      ['A', 'reduce', 2, 44],
      ['A', 'add', 4, 44],
    ]);
    expect(traded.book.positions[0]).toMatchObject({ shares: 8, stop: 45, target: 60, trailing: 3 });
  });

  it('pay a fraction at the open, or at the last close restated where there is none', () => {
    const reverse = { actions: [splitOf('A', 0.1)] };
    const before = bookOf(0, [held('A', 25)]);
    const opened = stepBook(before, marketOf({ A: bar(1010, 1010, 1010, 1010) }, reverse), CLOSE);
    expect(opened.fills).toEqual([expect.objectContaining({ symbol: 'A', reason: 'split-cash', shares: expect.closeTo(0.5, 9), price: 1010, gross: 50_500, commission: 0, basis: 50_000 })]);
    expect(opened.book.positions).toEqual([expect.objectContaining({ shares: 2, cost: 200_000, entryPrice: 1000 })]);
    expect(stepBook(before, marketOf({}, reverse), CLOSE).fills[0]).toMatchObject({ price: 1000, gross: 50_000 });
    expect(() => stepBook(before, marketOf({}, { ...reverse, lastClose: () => Number.NaN }), CLOSE)).toThrow('expected an open or a last close to pay a fraction of a share at, found none of "A"');
  });

  it('of one day come one after the other, each told, a fraction paid where it is left', () => {
    const splits = (...values: number[]): BookStep => stepBook(bookOf(0, [held('A', 3)]), marketOf({ A: bar(70, 70, 70, 70) }, { actions: values.map((value) => splitOf('A', value)) }), CLOSE);
    const event = { kind: 'split', session: SESSION, exDay: EX_DAY, symbol: 'A' };
    const whole = splits(3, 0.5);
    expect(whole.fills).toEqual([expect.objectContaining({ reason: 'split-cash', shares: 0.5, price: 70, gross: 3500 })]);
    expect(whole.book.positions[0]).toMatchObject({ shares: 4, stop: 60 });
    expect(whole.events).toEqual([{ ...event, ratio: 3, sharesBefore: 3, sharesAfter: 9 }, { ...event, ratio: 0.5, sharesBefore: 9, sharesAfter: 4 }]);
    // half a share of before the second split is one and a half of the shares that open at 70
    const broken = splits(0.5, 3);
    expect(broken.fills).toEqual([expect.objectContaining({ reason: 'split-cash', shares: 0.5, price: 210, gross: 10_500 })]);
    expect(broken.book.positions[0]).toMatchObject({ shares: 3, stop: 60 });
  });

  it('of earlier days that became known late come first: what is paid and split later is of the shares that they left', () => {
    const before = bookOf(0, [held('A', 3)]);
    const late = { actions: [dividendOf('A', 0.5), splitOf('A', 2, EX_DAY - 1), dividendOf('A', 1, EX_DAY - 1)] };
    const { book, events } = stepBook(before, marketOf({ A: bar(50, 50, 50, 50) }, late), CLOSE);
    expect(events.map((event) => [event.kind, event.session, event.kind === 'dividend' ? event.cents : event.kind === 'split' ? event.sharesAfter : null])).toEqual([['dividend', SESSION, 300], ['split', SESSION, 6], ['dividend', SESSION, 300]]);
    expect(book.cash).toBe(600);
  });

  it('pay the fraction of a late split at a close that has it already, and of one before another in shares of its own', () => {
    const paid = (actions: readonly SessionAction[], opens: boolean): unknown => {
      const { fills } = stepBook(bookOf(0, [held('A', 3)]), marketOf(opens ? { A: bar(70, 70, 70, 70) } : {}, { lastClose: () => 140, actions }), CLOSE);
      return fills.map(({ shares, price }) => [shares, price]);
    };
    // the book stands after the session before, whose close of 140 knows the late split
    expect(paid([splitOf('A', 1.5, EX_DAY - 1)], false)).toEqual([[0.5, 140]]);
    expect(paid([splitOf('A', 1.5, EX_DAY - 1)], true)).toEqual([[0.5, 70]]);
    expect(paid([splitOf('A', 1.5)], false)).toEqual([[0.5, 140 / 1.5]]);
    expect(paid([splitOf('A', 1.5, EX_DAY - 1), splitOf('A', 2)], true)).toEqual([[0.5, 140]]);
    expect(paid([splitOf('A', 1.5, EX_DAY - 1), splitOf('A', 2)], false)).toEqual([[0.5, 140]]);
    expect(paid([splitOf('A', 1.5), splitOf('A', 2)], false)).toEqual([[0.5, 140 / 1.5]]);
  });

  it('are remembered of what is held, and forgotten with it', () => {
    const actions = [splitOf('A', 2), dividendOf('A', 1), splitOf('S', 2), dividendOf('N', 1)];
    const before = { ...bookOf(1000, [held('A', 3), held('S', 2)], [buy('N', 1), sell('S', 2)]), appliedActions: [{ symbol: 'S', kind: 'dividend' as const, exDay: EX_DAY - 9 }, { symbol: 'A', kind: 'dividend' as const, exDay: EX_DAY - 8 }] };
    const { book } = stepBook(before, marketOf({ A: bar(50, 50, 50, 50), S: bar(50, 50, 50, 50), N: bar(50, 50, 50, 50) }, { actions }), CLOSE);
    expect(book.positions.map(({ symbol }) => symbol)).toEqual(['A', 'N']);
    expect(book.appliedActions).toEqual([{ symbol: 'A', kind: 'dividend', exDay: EX_DAY - 8 }, { symbol: 'A', kind: 'split', exDay: EX_DAY }, { symbol: 'A', kind: 'dividend', exDay: EX_DAY }]);
  });

  it('take a ratio that is not exact for what it means', () => {
    expect(stepBook(bookOf(0, [held('A', 30)]), marketOf({}, { actions: [splitOf('A', 1 / 3)] }), CLOSE)).toMatchObject({ fills: [], book: { positions: [{ shares: 10 }] } });
  });

  it('sell all that a split left of a position that was to be sold, and drop an order that came to no share', () => {
    const reverse = marketOf({ A: bar(1000, 1000, 1000, 1000), B: bar(1000, 1000, 1000, 1000) }, { actions: ['A', 'B'].map((symbol) => splitOf(symbol, 0.1)) });
    const result = stepBook(bookOf(0, [held('A', 25), held('B', 30)], [sell('A', 25), sell('B', 9)]), reverse, CLOSE);
    expect(result.fills.filter(({ reason }) => reason !== 'split-cash')).toEqual([expect.objectContaining({ symbol: 'A', reason: 'exit', shares: 2 })]);
    expect(result.unfilled).toEqual([{ symbol: 'B', reason: 'a split of 0.1 new shares for one left less than one share to sell' }]);
  });

  it('pay dividends on the shares of the evening before, before a split of the same day, and nothing on what is bought at the open', () => {
    const actions = [
      splitOf('A', 2),
      dividendOf('A', 0.333),
      dividendOf('N', 1),
    ];
    const result = stepBook(bookOf(1000, [held('A', 10)], [buy('N', 5), sell('A', 10)]), marketOf({ A: bar(50, 50, 50, 50), N: bar(10, 10, 10, 10) }, { actions }), CLOSE);
    expect(result.events[0]).toEqual({ kind: 'dividend', session: SESSION, exDay: EX_DAY, symbol: 'A', shares: 10, perShare: 0.333, cents: 333 });
    expect(result.book.cash).toBe(100_000 + 333 + 100_000 - 5000);
  });

  it.each([
    ['split', 0],
    ['split', Number.NaN],
    ['dividend', -1],
    ['dividend', Infinity],
  ] as const)('refuse a %s of %d', (kind, value) => {
    expect(() => step(bookOf(0, [held('A', 1)]), marketOf({}, { actions: [{ ...splitOf('A', value), kind }] }))).toThrow(`found ${value} in a ${kind} of "A"`);
  });

  it('make no profit by a split alone', () => {
    const given = fc.record({ shares: fc.integer({ min: 1, max: 10_000 }), price: fc.integer({ min: 100, max: 50_000 }), ratio: fc.constantFrom(2, 3, 1.5, 4 / 3, 20, 0.1, 1 / 7, 0.25, 1.05), opens: fc.boolean() });
    fc.assert(
      fc.property(given, ({ shares, price, ratio, opens }) => {
        const last = price / 100;
        const after = last / ratio;
        const before = bookOf(0, [held('A', shares, { stop: last * 0.99, target: last * 1.01, trailing: last * 0.02, high: last })]);
        const { book } = step(before, marketOf(opens ? { A: bar(after, after, after, after) } : {}, { lastClose: () => last, actions: [splitOf('A', ratio)] }));
        expect(Math.abs(equity(book, () => after) - fromCents(before.cash) - shares * last)).toBeLessThan(0.0101 + 1e-6 * after);
        if (shares * ratio >= 1.001) expect(book.positions[0].stop / after).toBeCloseTo(0.99, 10);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('orders with a limit', () => {
  it.each([
    ['at the open when it is below the limit', bar(98, 101, 97, 100), 98],
    ['at the limit when the session comes down to it', bar(101, 102, 99, 100), 99],
    ['at the open of exactly the limit', bar(99, 102, 99, 100), 99],
  ])('fill %s', (_, day, price) => {
    expect(filled(step(bookOf(1000, [], [buy('A', 2, { limit: 99 })]), marketOf({ A: day })))).toEqual([['A', 'entry', 2, price]]);
  });

  it('never pay more than the limit, costs of the price included', () => {
    const opened = stepBook(bookOf(1000, [], [buy('A', 2, { limit: 98.1 })]), marketOf({ A: bar(98, 101, 97, 100) }), { costs: COSTS, brackets: 'close' });
    expect(opened.fills[0]).toMatchObject({ price: 98.1, reference: 98, concession: 20 });
    const reached = stepBook(bookOf(1000, [], [buy('A', 2, { limit: 98.1 })]), marketOf({ A: bar(99, 101, 97, 100) }), { costs: COSTS, brackets: 'close' });
    expect(reached.fills[0]).toMatchObject({ price: 98.1, reference: 98.1, concession: 0, commission: 20 });
  });

  it('are orders at the open where it is their limit: all of the session comes after', () => {
    expect(filled(step(bookOf(1000, [], [buy('A', 2, { limit: 99 })]), marketOf({ A: bar(99, 121, 98, 100) })))).toEqual([
      ['A', 'entry', 2, 99],
      ['A', 'target', 2, 120],
    ]);
  });

  it('do not fill above it, nor on a suspect bar, and say so', () => {
    const order = [buy('A', 2, { limit: 99 })];
    expect(step(bookOf(1000, [], order), marketOf({ A: bar(101, 102, 99.01, 100) }))).toMatchObject({ fills: [], unfilled: [{ symbol: 'A', reason: 'the low of 99.01 on 2018-01-03 did not reach the limit of 99.00' }] });
    expect(step(bookOf(1000, [], order), marketOf({ A: bar(101, 102, 50, 100, true) }))).toMatchObject({ fills: [], unfilled: [{ symbol: 'A', reason: 'the bar of 2018-01-03 is suspect' }] });
    expect(step(bookOf(1000, [], order), marketOf({}))).toMatchObject({ fills: [], unfilled: [{ symbol: 'A', reason: 'no opening price on 2018-01-03' }] });
  });

  it('come after what fills at the open: cash goes to the earlier', () => {
    const { fills } = step(bookOf(1000, [], [buy('A', 10, { limit: 99 }), buy('B', 10, { plan: NO_PLAN })]), marketOf({ A: bar(101, 102, 98, 100), B: bar(60, 60, 60, 60) }));
    expect(fills.map(({ symbol, shares }) => [symbol, shares])).toEqual([
      ['B', 10],
      ['A', 4],
    ]);
  });

  it.each([
    [sell('A', 1, { limit: 99 }), 'expected a limit above 0 with a buy order only, found 99 with a sell in "A"'],
    [buy('A', 1, { limit: 0 }), 'found 0 with a buy in "A"'],
    [buy('A', 1.5), 'expected whole shares above 0 in an order, found 1.5 in "A"'],
    [buy('A', 0), 'found 0 in "A"'],
  ])('refuse what cannot be meant: %o', (order, message) => {
    expect(() => step(bookOf(1000, [held('A', 1)], [order]), marketOf({ A: bar(100, 100, 100, 100) }))).toThrow(message);
  });
});
