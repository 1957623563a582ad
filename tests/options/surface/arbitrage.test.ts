import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countChainArbitrage, countPriceArbitrage } from '../../../src/options/surface/arbitrage.js';
import { evenStrikes, madeRows } from './made-expiry.js';

const expiry = { years: 0.2, forward: 100, discount: 0.98 };

describe('countChainArbitrage', () => {
  it('finds nothing in prices of a model', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 1, noNaN: true }), fc.double({ min: -0.1, max: 0.05, noNaN: true }), (level, slope) => {
        const rows = madeRows({ ...expiry, strikes: evenStrikes(80, 120, 21), volatility: (k) => level - level * slope * k });
        expect(countChainArbitrage(rows, { ...expiry, tolerance: 1e-9 })).toEqual({ prices: 42, bounds: 0, monotone: 0, convex: 0 });
      }),
      { seed: 41 },
    );
  });

  it('leaves out prices that are missing and strikes that are there twice', () => {
    const rows = madeRows({ ...expiry, strikes: [90, 100, 100, 110, Number.NaN, -5], volatility: () => 0.2 });
    expect(countChainArbitrage({ ...rows, price: rows.price.map((value, i) => (i === 0 ? Number.NaN : value)) }, { ...expiry, tolerance: 1e-9 })).toEqual({ prices: 5, bounds: 0, monotone: 0, convex: 0 });
    expect(countChainArbitrage(madeRows({ ...expiry, strikes: [], volatility: () => 0.2 }), expiry)).toEqual({ prices: 0, bounds: 0, monotone: 0, convex: 0 });
  });
});

describe('countPriceArbitrage', () => {
  const count = (strike: number[], price: number[], isCall = true): unknown => countPriceArbitrage({ strike: Float64Array.from(strike), price: Float64Array.from(price), isCall }, { forward: 100, discount: 1 });

  it('counts prices out of bounds', () => {
    expect(count([90], [9])).toMatchObject({ bounds: 1 });
    expect(count([90], [101])).toMatchObject({ bounds: 1 });
    expect(count([110], [9], false)).toMatchObject({ bounds: 1 });
    expect(count([110], [111], false)).toMatchObject({ bounds: 1 });
  });

  it('counts prices that go the wrong way, or change by more than the strikes', () => {
    expect(count([95, 100], [6, 7])).toMatchObject({ monotone: 1 });
    expect(count([100, 101], [5, 3.5])).toMatchObject({ monotone: 1 });
    expect(count([100, 105], [5, 4.9], false)).toMatchObject({ monotone: 1 });
  });

  it('counts butterflies for less than nothing, whatever the order of strikes', () => {
    expect(count([110, 90, 100], [1, 11, 7])).toMatchObject({ bounds: 0, monotone: 0, convex: 1 });
    expect(count([90, 100, 110], [11, 6, 1])).toMatchObject({ convex: 0 });
  });
});
