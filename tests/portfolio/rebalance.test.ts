import { describe, expect, it } from 'vitest';

import { rebalance, type RebalanceMarket } from '../../src/portfolio/rebalance.js';
import { bookOf, COSTS, FREE, held, opensOf } from './made-book.js';

const marketOf = (opens: Record<string, number>, last: Record<string, number> = {}): RebalanceMarket => ({ ...opensOf(opens), lastClose: (symbol) => last[symbol] ?? Number.NaN });
const weightsOf = (weights: Record<string, number>): ReadonlyMap<string, number> => new Map(Object.entries(weights));

describe('trading a book to weights', () => {
  it('gives each name the whole shares of its weight of the value at the open', () => {
    const { fills, book } = rebalance(bookOf(500, [held('A', 5)]), weightsOf({ A: 0.25, B: 0.333 }), marketOf({ A: 100, B: 30 }), FREE);
    expect(fills.map(({ symbol, side, shares, reason }) => [symbol, side, shares, reason])).toEqual([
      ['A', 'sell', 3, 'rebalance'],
      ['B', 'buy', 11, 'rebalance'],
    ]);
    expect(book).toMatchObject({ cash: 50_000 + 30_000 - 33_000, positions: [{ symbol: 'A', shares: 2 }, { symbol: 'B', shares: 11 }] });
  });

  it('sells first, each side in the order of the weights; what has no weight is sold last', () => {
    const { fills } = rebalance(bookOf(0, [held('A', 2), held('B', 2), held('C', 2)]), weightsOf({ Z: 0.3, B: 0, Y: 0.3, A: 0.1 }), marketOf({ A: 100, B: 100, C: 100, Y: 10, Z: 10 }), FREE);
    expect(fills.map(({ symbol, side }) => `${side} ${symbol}`)).toEqual(['sell B', 'sell A', 'sell C', 'buy Z', 'buy Y']);
  });

  it('counts what does not open at its last price, leaves it alone, and says so', () => {
    const { fills, unfilled, book } = rebalance(bookOf(100, [held('A', 3)]), weightsOf({ B: 0.5, N: 0.1 }), marketOf({ B: 10 }, { A: 100 }), FREE);
    expect(fills).toEqual([expect.objectContaining({ symbol: 'B', shares: 10 })]);
    expect(unfilled.map(({ symbol }) => symbol).sort()).toEqual(['A', 'B', 'N']);
    expect(unfilled).toContainEqual({ symbol: 'A', reason: 'no opening price on 2018-01-03' });
    expect(book.positions[0]).toEqual(held('A', 3));
  });

  it('cuts a buy to what the cash pays and never owes', () => {
    const { book, unfilled } = rebalance(bookOf(1000, []), weightsOf({ A: 1 }), marketOf({ A: 10 }), COSTS);
    expect(book.positions[0].shares).toBe(99);
    expect(book.cash).toBeGreaterThanOrEqual(0);
    expect(unfilled).toEqual([{ symbol: 'A', reason: 'cash paid 99 of 100 shares' }]);
  });

  it('takes a share that is short by rounding alone for one', () => {
    // 0.3 · 1 / 0.1 is 2.9999999999999996
    expect(rebalance(bookOf(1, []), weightsOf({ A: 0.3 }), marketOf({ A: 0.1 }), FREE).book.positions[0].shares).toBe(3);
  });

  it('changes nothing the second time', () => {
    const weights = weightsOf({ A: 0.4, B: 0.4 });
    const once = rebalance(bookOf(1000, []), weights, marketOf({ A: 10, B: 20 }), FREE).book;
    expect(rebalance(once, weights, marketOf({ A: 10, B: 20 }), FREE)).toEqual({ book: once, fills: [], unfilled: [] });
  });
});
