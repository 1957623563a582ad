import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { closeResearch, closeResearchSession, markResearch, openResearchBook, rebalanceResearch, type ResearchBook } from '../../src/portfolio/research-book.js';

const COSTS = { commissionBps: 10, halfSpreadBps: 20, slippageBps: 30 };
const FREE = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };
const row = (...values: number[]): Float64Array => Float64Array.from(values);

function bookOf(cash: number, ...shares: number[]): ResearchBook {
  const book = openResearchBook(shares.length, cash);
  book.shares.set(shares);
  return book;
}

describe('the research book', () => {
  it('holds fractions to its weights of the value at the open', () => {
    const book = bookOf(500, 5, 0);
    expect(rebalanceResearch(book, row(0.25, 0.5), row(100, 30), FREE)).toBe(1000);
    expect([...book.shares]).toEqual([2.5, 500 / 30]);
    expect(book.cash).toBeCloseTo(250, 9);
    expect(book.traded).toBeCloseTo(750, 9);
  });

  it('pays commission and concession on both sides', () => {
    const book = bookOf(0, 10);
    rebalanceResearch(book, row(0), row(100), COSTS);
    expect(book).toMatchObject({ cash: expect.closeTo(995 - 0.995, 9), commission: expect.closeTo(0.995, 9), concession: expect.closeTo(5, 9) });
    rebalanceResearch(book, row(0.5), row(100), COSTS);
    expect(book.concession).toBeCloseTo(5 + 0.5 * 994.005 * 0.005, 9);
  });

  it('neither trades nor forgets what does not open', () => {
    const book = bookOf(0, 10, 0);
    markResearch(book, row(50, 10));
    expect(rebalanceResearch(book, row(0.1, 0.5), row(Number.NaN, 10), FREE)).toBe(500);
    expect([...book.shares]).toEqual([10, 0]);
    expect(markResearch(book, row(Number.NaN, 11))).toBe(500);
    closeResearch(book, 0);
    expect(book).toMatchObject({ cash: 500, commission: 0 });
    closeResearch(book, 0);
    expect(book.cash).toBe(500);
  });

  it('cuts all buys by one factor where the cash does not pay them', () => {
    const book = bookOf(1000, 0, 0);
    rebalanceResearch(book, row(0.6, 0.6), row(10, 20), COSTS);
    expect(book.cash).toBeCloseTo(0, 9);
    expect(book.shares[0] / book.shares[1]).toBeCloseTo(2, 12);
  });

  it('holds short what a weight below 0 says, for a fee a year on what that is worth at each close', () => {
    const book = bookOf(1000, 0, 0);
    const costs = { ...FREE, borrowFee: 0.0252 };
    rebalanceResearch(book, row(0.5, -0.4), row(10, 20), costs);
    expect([...book.shares]).toEqual([50, -20]);
    expect(book.cash).toBeCloseTo(900, 9);
    // it doubles: 1,000 + 50 · 0 − 20 · 20 before a fee of 0.0001 on 800
    expect(closeResearchSession(book, row(10, 40), costs)).toBeCloseTo(600 - 0.08, 9);
    expect(book).toMatchObject({ borrowed: expect.closeTo(0.08, 12), cash: expect.closeTo(899.92, 9) });
    // a close that is missing: the last mark is charged
    closeResearchSession(book, row(10, Number.NaN), costs);
    expect(book.borrowed).toBeCloseTo(0.16, 12);
    // covering is a purchase
    rebalanceResearch(book, row(0, 0), row(10, 30), costs);
    expect([...book.shares]).toEqual([0, 0]);
    expect(book.cash).toBeCloseTo(799.84, 9);
    expect(closeResearchSession(book, row(10, 30), costs)).toBe(book.cash);
  });

  it('covers what it can and wants nothing else once shorts have cost all it had', () => {
    const book = bookOf(1000, 0, 0);
    const costs = { ...FREE, borrowFee: 0.01 };
    rebalanceResearch(book, row(0.5, -0.5), row(10, 10), costs);
    expect(rebalanceResearch(book, row(0.5, -0.5), row(10, 100), costs)).toBe(-3500);
    // 50 sold for 500 beside 1,000 of cash: 15 of the 50 that are owed
    expect([...book.shares]).toEqual([0, -35]);
    expect(book.cash).toBeCloseTo(0, 9);
    expect(markResearch(book, row(10, 100))).toBeCloseTo(-3500, 9);
    closeResearch(book, 1);
    expect(book).toMatchObject({ cash: expect.closeTo(-3500, 9), shares: row(0, 0) });
  });

  it.each([
    ['weights', row(0.5), row(1, 2), 'expected 2 weights [name], found 1'],
    ['opens', row(0.5, 0.5), row(1), 'expected 2 prices [name], found 1'],
    ['a short sale', row(0.5, -0.5), row(1, 2), 'expected weights of 0 or more, found -0.5 at 1'],
    ['no number', row(Number.NaN, 0), row(1, 2), 'found NaN at 0'],
  ])('refuses %s that do not belong', (_, weights, opens, message) => {
    expect(() => rebalanceResearch(openResearchBook(2, 1000), weights, opens, FREE)).toThrow(message);
  });

  it('refuses weights that are missing, short or not, and fees that are none', () => {
    expect(() => rebalanceResearch(openResearchBook(2, 1000), row(Number.NaN, 0), row(1, 2), { ...FREE, borrowFee: 0 })).toThrow('expected weights of any size, none missing, found NaN at 0');
    expect(() => closeResearchSession(bookOf(1000, -1), row(1), { borrowFee: -1 })).toThrow('expected a borrow fee of 0 or more, a fraction a year, found -1');
  });

  it('loses at every rebalance its costs and nothing else, short or not', () => {
    const price = fc.double({ min: 50, max: 60, noNaN: true });
    const day = fc.record({ weights: fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 4, maxLength: 4 }), opens: fc.array(price, { minLength: 4, maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 12 }), (given) => {
        const book = openResearchBook(4, 10_000);
        for (const { weights, opens } of given) {
          const paid = book.commission + book.concession;
          const before = rebalanceResearch(book, Float64Array.from(weights), Float64Array.from(opens), { ...COSTS, borrowFee: 0.02 });
          const after = markResearch(book, Float64Array.from(opens));
          expect(Math.abs(before - after - (book.commission + book.concession - paid))).toBeLessThan(1e-8 * Math.abs(before));
          expect(book.cash).toBeGreaterThan(-1e-8 * Math.abs(before));
        }
      }),
      { seed: 32, numRuns: 200 },
    );
  });

  it('loses at every rebalance its costs and nothing else, and owes nothing', () => {
    const price = fc.oneof({ weight: 9, arbitrary: fc.double({ min: 0.5, max: 500, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
    const day = fc.record({ weights: fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { minLength: 4, maxLength: 4 }), opens: fc.array(price, { minLength: 4, maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 12 }), (given) => {
        const book = openResearchBook(4, 10_000);
        for (const { weights, opens } of given) {
          const [commission, concession] = [book.commission, book.concession];
          const before = rebalanceResearch(book, Float64Array.from(weights), Float64Array.from(opens), COSTS);
          const after = markResearch(book, Float64Array.from(opens));
          expect(Math.abs(before - after - (book.commission - commission) - (book.concession - concession))).toBeLessThan(1e-8 * Math.max(1, before));
          expect(book.cash).toBeGreaterThan(-1e-8 * before);
          expect(book.shares.every((shares) => shares >= 0)).toBe(true);
        }
      }),
      { seed: 31, numRuns: 300 },
    );
  });
});
