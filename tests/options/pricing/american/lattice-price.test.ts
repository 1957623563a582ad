import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../../../src/core/errors.js';
import { normalDensity } from '../../../../src/math/normal.js';
import { latticePrice, type LatticeOption } from '../../../../src/options/pricing/american/lattice-price.js';
import { blackScholesPrice } from '../../../../src/options/pricing/black-scholes.js';
import { spotLessDividends } from '../../../../src/options/pricing/spot-less-dividends.js';

const base: LatticeOption = { spot: 100, strike: 100, years: 0.5, rate: 0.04, dividendYield: 0, volatility: 0.25, isCall: true, exercise: 'american', steps: 301 };

describe('the lattice of Leisen and Reimer', () => {
  it('nears the European price as the square of its steps', () => {
    for (const isCall of [true, false]) {
      for (const strike of [70, 100, 107]) {
        const option = { ...base, strike, isCall, dividendYield: 0.02, exercise: 'european' as const };
        const error = (steps: number): number => Math.abs(latticePrice({ ...option, steps }) - blackScholesPrice(option));
        expect(error(101)).toBeLessThan(1e-3);
        expect(error(401)).toBeLessThan(error(101) / 8);
      }
    }
  });

  it('with dividends is the European price from the spot without them', () => {
    const dividends = [{ years: 0.1, amount: 1 }, { years: 0.35, amount: 1.5 }, { years: 0.6, amount: 9 }];
    for (const isCall of [true, false]) {
      const option = { ...base, isCall, dividends, exercise: 'european' as const };
      expect(latticePrice(option)).toBeCloseTo(blackScholesPrice({ ...option, spot: spotLessDividends({ ...option, dividends }) }), 3);
    }
  });

  it('does not see dividends of nothing, of the past, or after expiry', () => {
    for (const isCall of [true, false]) {
      const plain = latticePrice({ ...base, isCall });
      for (const dividend of [{ years: 0.2, amount: 0 }, { years: 0.51, amount: 5 }, { years: 0, amount: 5 }, { years: -0.1, amount: 5 }]) expect(latticePrice({ ...base, isCall, dividends: [dividend] })).toBe(plain);
    }
  });

  it('exercises a call just before a dividend on the eve of expiry, and so hardly loses by it', () => {
    const deep = { ...base, spot: 130, dividends: [{ years: 0.499, amount: 5 }] };
    const without = latticePrice({ ...deep, dividends: [] });
    expect(latticePrice(deep)).toBeCloseTo(without, 0);
    expect(latticePrice({ ...deep, exercise: 'european' })).toBeLessThan(without - 3);
    expect(latticePrice(deep)).toBeGreaterThan(latticePrice({ ...deep, exercise: 'european' }) + 3);
  });

  it('has the price of a call with one dividend, an integral over the spot at its date', () => {
    const [ex, amount] = [0.3, 3];
    for (const [strike, volatility] of [[90, 0.25], [100, 0.25], [100, 0.5], [110, 0.15]]) {
      const option = { ...base, strike, volatility };
      const net = spotLessDividends({ ...option, dividends: [{ years: ex, amount }] });
      // the better of exercise with the dividend and of the European call that is left, in steps of 1/200 of a deviation
      let sum = 0;
      for (let z = -8; z <= 8; z += 0.005) {
        const spot = net * Math.exp((base.rate - volatility ** 2 / 2) * ex + volatility * Math.sqrt(ex) * z);
        sum += 0.005 * normalDensity(z) * Math.max(spot + amount - strike, blackScholesPrice({ ...option, spot, years: base.years - ex }));
      }
      expect(Math.abs(latticePrice({ ...option, dividends: [{ years: ex, amount }], steps: 1001 }) - sum * Math.exp(-base.rate * ex))).toBeLessThan(2e-3);
    }
  });

  // Hull (2018), example 15.9: $40, two dividends of 50 cents, 30% volatility
  it('has the European price of a textbook', () => {
    const option = { spot: 40, strike: 40, years: 0.5, rate: 0.09, dividendYield: 0, volatility: 0.3, isCall: true, exercise: 'european' as const, dividends: [{ years: 2 / 12, amount: 0.5 }, { years: 5 / 12, amount: 0.5 }] };
    expect(latticePrice(option)).toBeCloseTo(3.67, 2);
  });

  it('exercises a call at once where a large dividend is due tomorrow, a put not', () => {
    const dividends = [{ years: 1 / 365, amount: 10 }];
    expect(latticePrice({ ...base, strike: 80, dividends })).toBeCloseTo(20, 1);
    expect(latticePrice({ ...base, strike: 120, isCall: false, dividends })).toBeGreaterThan(29);
  });

  it('is worth at least what the European contract is, and exercise', () => {
    const dividends = [{ years: 0.2, amount: 2 }];
    for (const isCall of [true, false]) {
      for (const strike of [70, 90, 100, 110, 140]) {
        const price = latticePrice({ ...base, strike, isCall, dividends });
        expect(price).toBeGreaterThanOrEqual(latticePrice({ ...base, strike, isCall, dividends, exercise: 'european' }) - 1e-12);
        expect(price).toBeGreaterThanOrEqual(isCall ? 100 - strike : strike - 100);
      }
    }
  });

  it('prices a put between two boundaries, with rates below zero', () => {
    const option = { ...base, isCall: false, years: 5, rate: -0.01, dividendYield: -0.05, volatility: 0.1 };
    expect(latticePrice(option)).toBeGreaterThan(latticePrice({ ...option, exercise: 'european' }) + 0.1);
  });

  it('has a price where the spread is too narrow or too wide for doubles', () => {
    expect(latticePrice({ ...base, strike: 90, volatility: 1e-12 })).toBeCloseTo(100 - 90 * Math.exp(-0.02), 9);
    expect(latticePrice({ ...base, strike: 90, volatility: 0 })).toBeCloseTo(100 - 90 * Math.exp(-0.02), 9);
    expect(latticePrice({ ...base, years: 0 })).toBe(0);
    expect(latticePrice({ ...base, years: 0, spot: 103 })).toBe(3);
  });

  it('tells wrong calls from missing numbers', () => {
    expect(() => latticePrice({ ...base, steps: 100 })).toThrow(InvariantError);
    expect(() => latticePrice({ ...base, dividends: [{ years: 0.1, amount: -1 }] })).toThrow(InvariantError);
    for (const change of [{ spot: Number.NaN }, { volatility: Number.NaN }, { strike: 0 }, { years: Infinity }, { dividends: [{ years: 0.1, amount: 101 }] }]) expect(latticePrice({ ...base, ...change })).toBeNaN();
  });
});
