import { describe, expect, it } from 'vitest';

import { equity, openBook } from '../../src/portfolio/book.js';
import { closeDelisted } from '../../src/portfolio/delistings.js';
import { bookOf, held, SESSION } from './made-book.js';

describe('openBook', () => {
  it('holds only cash and has decided nothing', () => {
    expect(openBook(1000.5)).toEqual({ session: null, cash: 100_050, positions: [], orders: [], highestEquity: 1000.5, appliedActions: [], recentStops: [] });
  });
});

describe('closeDelisted', () => {
  it('turns positions into cash at their last price, without costs', () => {
    const { book: after, fills } = closeDelisted(bookOf(10, [held('A', 3), held('B', 2)]), [{ symbol: 'A', price: 33.333 }], SESSION);
    expect(after.cash).toBe(1000 + 10_000);
    expect(after.positions.map(({ symbol }) => symbol)).toEqual(['B']);
    expect(fills).toEqual([{ symbol: 'A', side: 'sell', shares: 3, price: 33.333, reference: 33.333, session: SESSION, reason: 'delisted', gross: 10_000, commission: 0, concession: 0, costs: 0, basis: 30_000 }]);
  });

  it('does not change the equity at those prices by more than a cent', () => {
    const before = bookOf(10, [held('A', 7), held('B', 2)]);
    const price = (symbol: string): number => (symbol === 'A' ? 12.3456 : 50);
    const { book: after } = closeDelisted(before, [{ symbol: 'A', price: price('A') }], SESSION);
    expect(equity(after, price)).toBeCloseTo(equity(before, price), 8);
  });

  it('does nothing for nobody', () => {
    const before = bookOf(10, [held('A', 7)]);
    expect(closeDelisted(before, [], SESSION)).toEqual({ book: before, fills: [] });
  });
});

describe('equity', () => {
  it('is cash and positions at the prices', () => {
    expect(equity(bookOf(10, [held('A', 3), held('B', 2)]), (symbol) => (symbol === 'A' ? 5 : 2.5))).toBe(30);
  });

  it('refuses a missing price, naming whose', () => {
    expect(() => equity(bookOf(10, [held('A', 3)]), () => Number.NaN)).toThrow('the value of A');
  });
});
