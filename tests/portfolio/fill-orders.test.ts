import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { InvariantError } from '../../src/core/errors.js';
import { fillAtOpen } from '../../src/portfolio/fill-orders.js';
import { bookOf, buy, COSTS, DECIDED, FREE, held, opensOf, PLAN, sell, SESSION } from './made-book.js';

describe('fillAtOpen', () => {
  it('pays price, concession and commission of a buy, each rounded to the cent once', () => {
    const { book: after, fills, unfilled } = fillAtOpen(bookOf(10_000, [], [buy('A', 10)]), opensOf({ A: 100 }), COSTS);
    // 100 × 1.005 = 100.50; ten of them 1005.00; commission 1.005, half a cent rounded up
    expect(after.cash).toBe(1_000_000 - 100_500 - 101);
    expect(after.positions).toEqual([{ symbol: 'A', shares: 10, entrySession: SESSION, entryPrice: 100.49999999999999, high: 100.49999999999999, cost: 100_601, ...PLAN }]);
    expect(after.orders).toEqual([]);
    expect(fills).toEqual([{ symbol: 'A', side: 'buy', shares: 10, price: 100.49999999999999, reference: 100, session: SESSION, reason: 'entry', gross: 100_500, commission: 101, concession: 500, costs: 6.01, basis: 100_601 }]);
    expect(unfilled).toEqual([]);
  });

  it('credits a sale less its costs and closes the position', () => {
    const { book: after, fills } = fillAtOpen(bookOf(0, [held('A', 10)], [sell('A', 10)]), opensOf({ A: 100 }), COSTS);
    expect(after.cash).toBe(99_500 - 100);
    expect(after.positions).toEqual([]);
    expect(fills[0]).toMatchObject({ side: 'sell', shares: 10, price: expect.closeTo(99.5, 10), costs: expect.closeTo(6, 10) });
  });

  it('sells first, so that the proceeds pay for what is bought', () => {
    const { fills, book: after } = fillAtOpen(bookOf(0, [held('Z', 10)], [buy('A', 10), sell('Z', 10)]), opensOf({ A: 100, Z: 100 }), FREE);
    expect(fills.map(({ symbol }) => symbol)).toEqual(['Z', 'A']);
    expect(after.cash).toBe(0);
  });

  it('keeps the order of the decision among buys: what comes first gets the cash', () => {
    const { fills, unfilled } = fillAtOpen(bookOf(1000, [], [buy('Z', 10), buy('A', 10)]), opensOf({ A: 100, Z: 100 }), FREE);
    expect(fills.map(({ symbol }) => symbol)).toEqual(['Z']);
    expect(unfilled).toEqual([{ symbol: 'A', reason: '0.00 of cash does not pay one share at 100.00' }]);
  });

  it('cuts a buy to what the cash covers and says so', () => {
    const { fills, unfilled, book: after } = fillAtOpen(bookOf(1000, [], [buy('A', 12)]), opensOf({ A: 95 }), COSTS);
    expect(fills[0].shares).toBe(10);
    expect(unfilled).toEqual([{ symbol: 'A', reason: 'cash paid 10 of 12 shares' }]);
    expect(after.cash).toBeGreaterThanOrEqual(0);
  });

  it('spends the last cent: cash that pays exactly all shares buys all', () => {
    const { fills, book: after, unfilled } = fillAtOpen(bookOf(999.9, [], [buy('A', 10)]), opensOf({ A: 99.99 }), FREE);
    expect(fills[0].shares).toBe(10);
    expect(after.cash).toBe(0);
    expect(unfilled).toEqual([]);
  });

  it.each([Number.NaN, 0, -1])('fills nothing at an open of %d and drops the order', (open) => {
    const before = bookOf(1000, [held('B', 5)], [buy('A', 5), sell('B', 5)]);
    const { book: after, fills, unfilled } = fillAtOpen(before, opensOf({ A: open, B: open }), FREE);
    expect(fills).toEqual([]);
    expect(after).toEqual({ ...before, orders: [] });
    expect(unfilled).toEqual([
      { symbol: 'B', reason: 'no opening price on 2018-01-03' },
      { symbol: 'A', reason: 'no opening price on 2018-01-03' },
    ]);
  });

  it.each([['2018-01-02'], ['2018-01-01']])('refuses to fill at %s what was decided on 2018-01-02', (session) => {
    const market = { ...opensOf({ A: 100 }), session: isoDate(session) };
    expect(() => fillAtOpen(bookOf(1000, [], [buy('A', 1)]), market, FREE)).toThrow(InvariantError);
  });

  it('refuses to sell more than is held, or what is not held', () => {
    expect(() => fillAtOpen(bookOf(0, [held('A', 3)], [sell('A', 4)]), opensOf({ A: 100 }), FREE)).toThrow('expected at least 4 shares of "A" to sell, found 3');
    expect(() => fillAtOpen(bookOf(0, [], [sell('A', 4)]), opensOf({ A: 100 }), FREE)).toThrow('found 0');
  });

  it('refuses a buy without a plan', () => {
    expect(() => fillAtOpen(bookOf(1000, [], [{ ...buy('A', 1), plan: null }]), opensOf({ A: 100 }), FREE)).toThrow('expected a plan with a buy order, found none in "A"');
  });

  it('keeps the rest of a position that is sold in part, with its share of the cost', () => {
    const { book: after } = fillAtOpen(bookOf(0, [held('A', 3)], [sell('A', 1)]), opensOf({ A: 100 }), FREE);
    expect(after.positions).toEqual([{ ...held('A', 3), shares: 2, cost: 20_000 }]);
  });

  it('adds to a position at the mean price, with the first entry and the new plan', () => {
    const plan = { stop: 95, target: 130, horizon: 5, trailing: 4 };
    const { book: after } = fillAtOpen(bookOf(1000, [held('A', 5)], [{ ...buy('A', 5), plan }]), opensOf({ A: 110 }), FREE);
    expect(after.positions).toEqual([{ symbol: 'A', shares: 10, entrySession: DECIDED, entryPrice: 105, high: 110, cost: 105_000, ...plan }]);
  });

  it('leaves the book it was given alone', () => {
    const before = bookOf(1000, [held('B', 5)], [buy('A', 5), sell('B', 5)]);
    const copy = structuredClone(before);
    fillAtOpen(before, opensOf({ A: 10, B: 20 }), COSTS);
    expect(before).toEqual(copy);
  });
});
