import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { americanImpliedVolatility, europeanEquivalentPrice } from '../../../../src/options/pricing/american/american-implied-volatility.js';
import { americanPrice } from '../../../../src/options/pricing/american/american-price.js';
import { blackScholesPrice } from '../../../../src/options/pricing/black-scholes.js';
import { exerciseValue, randomOption } from './random-option.js';

const put = { spot: 100, strike: 105, years: 0.5, rate: 0.05, dividendYield: 0.01, volatility: 0.3, isCall: false };

describe('the implied volatility of an American option', () => {
  it.each(['fast', 'standard', 'precise'] as const)('undoes the %s price', (precision) => {
    let found = 0;
    fc.assert(
      fc.property(randomOption, (option) => {
        const price = americanPrice(option, precision);
        const volatility = americanImpliedVolatility({ ...option, price }, precision);
        if (volatility === null) {
          // all the way to where the price stands still
          expect(price - americanPrice({ ...option, volatility: 0 })).toBeLessThan(1e-9 * option.spot);
          return;
        }
        found++;
        expect(Math.abs(americanPrice({ ...option, volatility }, precision) - price)).toBeLessThan((precision === 'fast' ? 1e-5 : 1e-8) * option.spot);
        if (price - exerciseValue(option) > 1e-3 * option.spot) expect(Math.abs(volatility - option.volatility)).toBeLessThan(precision === 'fast' ? 1e-4 : 1e-5);
      }),
      { seed: 6, numRuns: precision === 'precise' ? 60 : 600 },
    );
    expect(found).toBeGreaterThan(40);
  });

  it('is null where no volatility gives the price, or any does', () => {
    const of = (price: number, change = {}): number | null => americanImpliedVolatility({ ...put, price, ...change });
    expect(of(5)).toBeNull(); // the exercise value
    expect(of(4.99)).toBeNull();
    expect(of(0, { strike: 90 })).toBeNull();
    expect(of(105)).toBeNull(); // the strike
    expect(of(Number.NaN)).toBeNull();
    expect(of(6, { years: 0 })).toBeNull();
    expect(of(6, { spot: Number.NaN })).toBeNull();
    expect(of(6, { rate: -0.01, dividendYield: -0.03 })).toBeNull(); // two boundaries
    expect(of(104.9)).toBeGreaterThan(5);
  });

  it('just above the exercise value is that from which waiting pays', () => {
    const volatility = americanImpliedVolatility({ ...put, strike: 130, price: 30 + 1e-7 }, 'precise') as number;
    expect(americanPrice({ ...put, strike: 130, volatility: 0.9 * volatility }, 'precise')).toBeCloseTo(30, 12);
    expect(americanPrice({ ...put, strike: 130, volatility: 1.1 * volatility }, 'precise')).toBeGreaterThan(30.01);
  });
});

describe('the European equivalent of an American price', () => {
  it('is the European price at its volatility', () => {
    fc.assert(
      fc.property(randomOption, (option) => {
        const price = americanPrice(option, 'precise');
        fc.pre(price - exerciseValue(option) > 1e-3 * option.spot);
        const european = europeanEquivalentPrice({ ...option, price }) as number;
        expect(Math.abs(european - blackScholesPrice(option))).toBeLessThan(3e-4 * option.spot);
      }),
      { seed: 7, numRuns: 200 },
    );
    expect(europeanEquivalentPrice({ ...put, price: 5 })).toBeNull();
  });
});
