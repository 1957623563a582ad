import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../../src/core/errors.js';
import { forwardPrice } from '../../../src/options/pricing/forward-price.js';
import { spotLessDividends } from '../../../src/options/pricing/spot-less-dividends.js';

const payer = { spot: 100, years: 1, rate: 0.05, dividends: [{ years: 0.25, amount: 1 }, { years: 0.75, amount: 2 }, { years: 1.25, amount: 4 }] };

describe('the spot less its dividends', () => {
  it('leaves out what is paid up to expiry, at its worth today', () => {
    expect(spotLessDividends(payer)).toBeCloseTo(100 - Math.exp(-0.0125) - 2 * Math.exp(-0.0375), 12);
    expect(spotLessDividends({ ...payer, years: 0.75 })).toBe(spotLessDividends(payer)); // on the ex-date itself
    expect(spotLessDividends({ ...payer, years: 0.2 })).toBe(100);
    expect(spotLessDividends({ ...payer, dividends: [{ years: 0, amount: 3 }] })).toBe(100);
  });

  it('is undefined where the dividends are worth the spot, and for impossible ones', () => {
    expect(spotLessDividends({ ...payer, spot: 2 })).toBeNaN();
    expect(() => spotLessDividends({ ...payer, dividends: [{ years: 0.5, amount: -1 }] })).toThrow(InvariantError);
    expect(() => spotLessDividends({ ...payer, dividends: [{ years: Number.NaN, amount: 1 }] })).toThrow(InvariantError);
  });
});

describe('the forward price', () => {
  it('is what borrowing the spot costs, less the dividends lent on', () => {
    const owed = 100 * Math.exp(0.05) - Math.exp(0.05 * 0.75) - 2 * Math.exp(0.05 * 0.25);
    expect(forwardPrice(payer)).toBeCloseTo(owed, 12);
  });

  it('takes a yield beside them', () => {
    expect(forwardPrice({ spot: 100, years: 2, rate: 0.03, dividendYield: 0.01, dividends: [] })).toBeCloseTo(100 * Math.exp(0.04), 12);
  });
});
