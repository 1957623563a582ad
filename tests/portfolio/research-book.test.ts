import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { closeResearch, markResearch, openResearchBook, rebalanceResearch, type ResearchBook } from '../../src/portfolio/research-book.js';

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

  it.each([
    ['weights', row(0.5), row(1, 2), 'expected 2 weights [name], found 1'],
    ['opens', row(0.5, 0.5), row(1), 'expected 2 prices [name], found 1'],
    ['a short sale', row(0.5, -0.5), row(1, 2), 'expected weights of 0 or more, found -0.5 at 1'],
    ['no number', row(Number.NaN, 0), row(1, 2), 'found NaN at 0'],
  ])('refuses %s that do not belong', (_, weights, opens, message) => {
    expect(() => rebalanceResearch(openResearchBook(2, 1000), weights, opens, FREE)).toThrow(message);
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
