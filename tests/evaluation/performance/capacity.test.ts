import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacity, type SizedFill } from '../../../src/evaluation/performance/capacity.js';

const fill = (value: number, tradedValue: number, equity = 100_000): SizedFill => ({ value, equity, tradedValue });
const fills = fc.array(fc.record({ value: fc.double({ min: 1, max: 1e6, noNaN: true }), equity: fc.double({ min: 1e3, max: 1e7, noNaN: true }), tradedValue: fc.double({ min: 0, max: 1e9, noNaN: true }) }), { minLength: 1, maxLength: 200 });

describe('capacity', () => {
  it('by hand: a book that buys a tenth of itself where 50 M is traded may grow until that is 1 M', () => {
    expect(capacity([fill(10_000, 50e6)])).toEqual({ equity: expect.closeTo(10e6, 6), participation: 0.02, fills: 1 });
    expect(capacity([fill(10_000, 50e6)], { participation: 0.1 })!.equity).toBeCloseTo(50e6, 6);
    // the tightest of three decides where all must stay within it; fills of a larger book are as large a part of it
    expect(capacity([fill(10_000, 50e6), fill(10_000, 5e6), fill(20_000, 50e6, 200_000)], { share: 1 })!.equity).toBeCloseTo(1e6, 6);
  });

  it('leaves the promised share of fills within the participation, and grows with it alone', () => {
    fc.assert(
      fc.property(fills, fc.double({ min: 0.5, max: 1, noNaN: true }), (drawn, share) => {
        const found = capacity(drawn, { share })!;
        const within = drawn.filter(({ value, equity, tradedValue }) => (value / equity) * found.equity <= 0.02 * tradedValue * (1 + 1e-12));
        expect(within.length).toBeGreaterThanOrEqual(Math.floor(share * (drawn.length - 1)));
        expect(capacity(drawn, { share, participation: 0.04 })!.equity).toBeCloseTo(2 * found.equity, 6);
        expect(capacity(drawn.map((one) => ({ ...one, value: 2 * one.value, equity: 2 * one.equity })), { share })!.equity).toBe(found.equity);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('counts fills whose traded value is known, an instrument that did not trade as without room', () => {
    expect([capacity([]), capacity([fill(1, Number.NaN)])]).toEqual([null, null]);
    expect(capacity([fill(10_000, 50e6), fill(1, Number.NaN)])).toMatchObject({ fills: 1, equity: expect.closeTo(10e6, 6) });
    expect(capacity([fill(10_000, 50e6), fill(1, 0)], { share: 1 })).toMatchObject({ fills: 2, equity: 0 });
  });

  it('refuses what is no fill and no share', () => {
    expect(() => capacity([fill(0, 1)])).toThrow('expected a value and an equity above 0, found 0 and 100000 at fill 0 in capacity');
    expect(() => capacity([], { participation: 0 })).toThrow('expected a participation above 0 and at most 1, found 0 in capacity');
    expect(() => capacity([], { share: 1.5 })).toThrow('expected a share above 0 and at most 1, found 1.5 in capacity');
  });
});
