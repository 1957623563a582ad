import { describe, expect, it } from 'vitest';

import type { Book } from '../../src/portfolio/book.js';
import type { SessionMarket } from '../../src/portfolio/session-market.js';
import { stepBook, type BookStep, type StepRules } from '../../src/portfolio/step-book.js';
import { bar, bookOf, buy, FREE, held, marketOf, PLAN, sell, SESSION } from './made-book.js';

const RULES: StepRules = { costs: FREE, brackets: 'resting', fills: { maxParticipation: 0.1, unknownDollarVolume: 3000 } };
const trading = (dollarVolume: number): Partial<SessionMarket> => ({ liquidity: () => ({ dollarVolume, volatility: Number.NaN }) });
const step = (book: Book, day: ReturnType<typeof bar>, dollarVolume = 5000, rules = RULES): BookStep => stepBook(book, marketOf({ A: day }, trading(dollarVolume)), rules);
const traded = ({ fills }: BookStep): unknown[] => fills.map(({ side, shares, reference, reason }) => [side, shares, reference, reason]);
const FLAT = bar(100, 100, 100, 100);

describe('an order that is large against what its name trades', () => {
  it('fills in part: a tenth of 5,000 pays five shares at 100; the rest is told and not carried', () => {
    const result = step(bookOf(10_000, [], [buy('A', 12)]), FLAT);
    expect(traded(result)).toEqual([['buy', 5, 100, 'entry']]);
    expect(result.unfilled).toEqual([{ symbol: 'A', reason: '10.0 % of 0.0 million that it trades a session let 5 of 12 shares be bought' }]);
    expect(result.book).toMatchObject({ cash: 950_000, orders: [], positions: [{ shares: 5 }] });
  });

  it('fills wholly where it just fits, and where nothing is capped', () => {
    expect(step(bookOf(10_000, [], [buy('A', 5)]), FLAT).unfilled).toEqual([]);
    expect(traded(step(bookOf(10_000, [], [buy('A', 12)]), FLAT, 5000, { costs: FREE, brackets: 'resting' }))).toEqual([['buy', 12, 100, 'entry']]);
    expect(traded(step(bookOf(10_000, [], [buy('A', 12)]), FLAT, 5000, { ...RULES, fills: { maxParticipation: null, unknownDollarVolume: 0 } }))).toEqual([['buy', 12, 100, 'entry']]);
  });

  it('fills not at all where not one share fits', () => {
    const result = step(bookOf(10_000, [], [buy('A', 12)]), FLAT, 999);
    expect([result.fills, result.book.cash]).toEqual([[], 1_000_000]);
    expect(result.unfilled[0].reason).toContain('let 0 of 12 shares be bought');
  });

  it('is cut by the cash too, and both are told', () => {
    const { unfilled } = step(bookOf(350, [], [buy('A', 12)]), FLAT);
    expect(unfilled[0].reason).toBe('10.0 % of 0.0 million that it trades a session let 5 of 12 shares be bought; cash paid 3 of 5 shares');
  });

  it('of a name whose trading is not known is held to what is set for it', () => {
    const result = step(bookOf(10_000, [], [buy('A', 12)]), FLAT, Number.NaN);
    expect(traded(result)).toEqual([['buy', 3, 100, 'entry']]);
    expect(result.unfilled[0].reason).toBe('10.0 % of an unknown traded value, taken for 0.0 million let 3 of 12 shares be bought');
  });

  it('is counted with the others of its name and side in the session, at the prices they fill at', () => {
    // 500 for buys: two at 100, then at the limit of 90 the 300 that are left pay three
    const { fills } = step(bookOf(10_000, [], [buy('A', 2), buy('A', 10, { limit: 90 })]), bar(100, 100, 85, 95), 5000, { ...RULES, brackets: 'close' });
    expect(fills.map(({ shares, reference }) => [shares, reference])).toEqual([[2, 100], [3, 90]]);
  });

  it('may be a sale, whose rest stays in the book', () => {
    const result = step(bookOf(0, [held('A', 12)], [sell('A', 12, { kind: 'time' })]), FLAT);
    expect(traded(result)).toEqual([['sell', 5, 100, 'time']]);
    expect(result.book).toMatchObject({ positions: [{ shares: 7, stop: PLAN.stop }], orders: [] });
  });
});

describe('a stop that cannot be sold wholly', () => {
  const touched = step(bookOf(0, [held('A', 12)]), bar(95, 96, 89, 95));

  it('sells what the market takes at the stop, and the rest at the next open, wherever that is', () => {
    expect(traded(touched)).toEqual([['sell', 5, 90, 'stop']]);
    expect(touched.unfilled[0].reason).toMatch(/^stop: .* let 5 of 12 shares be sold$/);
    expect(touched.book.orders).toEqual([{ symbol: 'A', side: 'sell', shares: 7, decidedOn: SESSION, plan: null, kind: 'stop' }]);
    const market = marketOf({ A: bar(99, 130, 98, 125) }, { ...trading(1e6), session: '2018-01-04' as typeof SESSION });
    const next = stepBook(touched.book, market, RULES);
    expect(traded(next)).toEqual([['sell', 7, 99, 'stop']]);
    expect(next.book).toMatchObject({ positions: [], orders: [] });
  });

  it('goes on from open to open, and a session sells no more than once its part', () => {
    const again = stepBook(touched.book, marketOf({ A: bar(80, 81, 79, 80) }, { ...trading(4000), session: '2018-01-04' as typeof SESSION }), RULES);
    expect(traded(again)).toEqual([['sell', 5, 80, 'stop']]);
    expect(again.book.orders.map(({ shares, kind }) => [shares, kind])).toEqual([[2, 'stop']]);
    expect(again.unfilled).toHaveLength(1);
  });

  it('is sold also where not one share found room in the session of the stop', () => {
    const { fills, book } = step(bookOf(0, [held('A', 12)]), bar(95, 96, 89, 95), 0);
    expect(fills).toEqual([]);
    expect(book.orders.map(({ shares, kind }) => [shares, kind])).toEqual([[12, 'stop']]);
  });

  it('was judged at the close: its order is carried on like one that rested', () => {
    const { book } = step(bookOf(0, [held('A', 12)], [sell('A', 12, { kind: 'stop' })]), FLAT, 5000, { ...RULES, brackets: 'close' });
    expect(book.orders.map(({ shares, kind }) => [shares, kind])).toEqual([[7, 'stop']]);
  });

  it('vanishes with its name', () => {
    const gone = { ...trading(5000), delistings: [{ symbol: 'A', price: 42, reason: 'no bar' }] };
    const { book, fills } = stepBook(bookOf(0, [held('A', 12)]), marketOf({ A: bar(95, 96, 89, 95) }, gone), RULES);
    expect(fills.map(({ shares, price, reason }) => [shares, price, reason])).toEqual([[5, 90, 'stop'], [7, 42, 'delisted']]);
    expect(book).toMatchObject({ positions: [], orders: [] });
  });
});

describe('a target that cannot be sold wholly', () => {
  it('sells what the market takes; the rest is held on under its plan', () => {
    const { fills, book, unfilled } = step(bookOf(0, [held('A', 12)]), bar(110, 121, 109, 115), 6000);
    expect(fills.map(({ shares, price, reason }) => [shares, price, reason])).toEqual([[5, 120, 'target']]);
    expect(unfilled[0].reason).toMatch(/^target: /);
    expect(book).toMatchObject({ positions: [{ shares: 7, stop: 90, target: 120 }], orders: [] });
  });
});
