import { describe, expect, it } from 'vitest';

import { blackPrice } from '../../../src/options/pricing/black.js';
import { modelFreeVariance } from '../../../src/options/surface/model-free-variance.js';
import { quoteVariance } from '../../../src/options/surface/quote-variance.js';
import { smileVariance } from '../../../src/options/surface/smile-variance.js';
import { sviTotalVariance, type SviSlice } from '../../../src/options/surface/svi.js';
import { evenStrikes, madeRows } from './made-expiry.js';

const dense = evenStrikes(20, 400, 1521);
const flat = (sigma: number, years: number, halfSpread?: number): ReturnType<typeof madeRows> => madeRows({ years, forward: 100.13, discount: 0.99, strikes: dense, volatility: () => sigma, ...(halfSpread === undefined ? {} : { halfSpread }) });

describe('quoteVariance', () => {
  it.each([[0.1, 0.08], [0.2, 0.08], [0.4, 0.25], [0.8, 0.1]])('is the squared volatility of flat prices at many strikes: %d over %d years', (sigma, years) => {
    for (const halfSpread of [undefined, 1e-9]) {
      const found = quoteVariance(flat(sigma, years, halfSpread), { years, discount: 0.99 });
      expect(found.forward).toBeCloseTo(100.13, 8);
      expect(found.middleStrike).toBe(100);
      expect(Math.sqrt(found.variance)).toBeCloseTo(sigma, 3);
    }
  });

  /** The sum of the index's method by hand: strikes 90 to 110 by 5, forward 101, no interest. */
  it('is the sum of the method', () => {
    const [strike, call, put] = [[90, 95, 100, 105, 110], [12, 7.6, 4.1, 1.9, 0.7], [0.8, 1.6, 3.1, 5.9, 9.7]];
    const both = (calls: number[], puts: number[]): Float64Array => Float64Array.from(calls.flatMap((value, i) => [value, puts[i]]));
    const nan = new Float64Array(10).fill(Number.NaN);
    const rows = { strike: both(strike, strike), isCall: Uint8Array.from({ length: 10 }, (_, i) => 1 - (i % 2)), price: both(call, put), volatility: nan, volume: nan, openInterest: nan, bid: nan, ask: nan };
    const sum = (5 * 0.8) / 90 ** 2 + (5 * 1.6) / 95 ** 2 + (5 * 3.6) / 100 ** 2 + (5 * 1.9) / 105 ** 2 + (5 * 0.7) / 110 ** 2;
    const found = quoteVariance(rows, { years: 0.1, discount: 1 });
    expect(found).toMatchObject({ forward: 101, middleStrike: 100, strikes: 5, reason: null });
    expect(found.variance).toBeCloseTo(20 * sum - 10 * 0.01 ** 2, 12);
  });

  it('stops where two strikes in a row have no bid, and passes over one', () => {
    const rows = madeRows({ years: 0.1, forward: 100, discount: 1, strikes: evenStrikes(80, 120, 41), volatility: () => 0.2, halfSpread: 1e-6 });
    const without = (...strikes: number[]): number => {
      const bid = rows.bid.map((value, i) => (strikes.includes(rows.strike[i]) ? 0 : value));
      return quoteVariance({ ...rows, bid }, { years: 0.1, discount: 1 }).strikes;
    };
    expect(without()).toBe(41);
    expect(without(90)).toBe(40);
    expect(without(90, 88)).toBe(39);
    expect(without(90, 89)).toBe(30);
    expect(without(110, 111)).toBe(30);
  });

  it('passes over untraded strikes where there are no quotes', () => {
    const rows = madeRows({ years: 0.1, forward: 100, discount: 1, strikes: evenStrikes(80, 120, 41), volatility: () => 0.2 });
    const price = rows.price.map((value, i) => (rows.strike[i] === 90 || rows.strike[i] === 89 ? Number.NaN : value));
    expect(quoteVariance({ ...rows, price }, { years: 0.1, discount: 1 }).strikes).toBe(39);
  });

  it('says why there is none', () => {
    const rows = flat(0.2, 0.1);
    const none = madeRows({ years: 0.1, forward: 100, discount: 1, strikes: [], volatility: () => 0.2 });
    expect(quoteVariance(rows, { years: 0, discount: 1 })).toMatchObject({ variance: Number.NaN, reason: 'no-time' });
    expect(quoteVariance(rows, { years: 0.1, discount: Number.NaN })).toMatchObject({ variance: Number.NaN, reason: 'no-time' });
    expect(quoteVariance(none, { years: 0.1, discount: 1 })).toMatchObject({ variance: Number.NaN, strikes: 0, reason: 'no-pair' });
    expect(quoteVariance({ ...rows, price: rows.price.map((value, i) => (rows.isCall[i] === 1 ? value : Number.NaN)) }, { years: 0.1, discount: 1 })).toMatchObject({ reason: 'no-pair' });
    const few = madeRows({ years: 0.1, forward: 100, discount: 1, strikes: [95, 100, 105], volatility: () => 0.2 });
    expect(quoteVariance(few, { years: 0.1, discount: 1 })).toMatchObject({ variance: Number.NaN, strikes: 3, reason: 'too-few-strikes' });
  });
});

describe('smileVariance', () => {
  it('is the strip of out-of-the-money prices over squared strikes', () => {
    const slice: SviSlice = { a: 0.002, b: 0.06, rho: -0.4, m: 0.02, sigma: 0.1 };
    const [lowest, highest] = [-0.6, 0.5];
    const totalVariance = (k: number): number => sviTotalVariance(slice, Math.max(lowest, Math.min(highest, k)));
    let strip = 0;
    const step = 1e-4;
    for (let k = -2; k <= 2; k += step) {
      // 2 ∫ Q(K) / K² dK with K = F eᵏ
      strip += 2 * step * Math.exp(-k) * blackPrice({ forward: 1, strike: Math.exp(k), years: 1, volatility: Math.sqrt(totalVariance(k)), isCall: k > 0 });
    }
    const found = smileVariance({ years: 0.5, lowest, highest, totalVariance: (k) => sviTotalVariance(slice, k) });
    expect(found.variance * 0.5).toBeCloseTo(strip, 4);
    expect(found.beyondQuotes).toBeGreaterThan(0);
    expect(found.beyondQuotes).toBeLessThan(0.05);
  });
});

describe('modelFreeVariance by quotes', () => {
  const expiry = (days: number, sigma: number): { years: number; discount: number; rows: ReturnType<typeof madeRows> } => ({ years: days / 365, discount: 0.99, rows: flat(sigma, days / 365) });

  it('is linear in total variance between the expiries around', () => {
    const found = modelFreeVariance({ prices: 'quotes', expiries: [expiry(40, 0.3), expiry(20, 0.2), expiry(10, 0.9), expiry(80, 0.9)] }, 30);
    expect(found * 30).toBeCloseTo((0.2 ** 2 * 20 + 0.3 ** 2 * 40) / 2, 2);
  });

  it('passes over an expiry of which no variance can be had', () => {
    const bare = { years: 28 / 365, discount: 0.99, rows: madeRows({ years: 0.1, forward: 100, discount: 1, strikes: [100], volatility: () => 0.2 }) };
    expect(Math.sqrt(modelFreeVariance({ prices: 'quotes', expiries: [expiry(20, 0.2), bare, expiry(40, 0.2)] }, 30))).toBeCloseTo(0.2, 3);
  });

  it('is NaN without an expiry on one of the sides', () => {
    expect(modelFreeVariance({ prices: 'quotes', expiries: [expiry(20, 0.2)] }, 30)).toBeNaN();
    expect(modelFreeVariance({ prices: 'quotes', expiries: [expiry(40, 0.2)] }, 30)).toBeNaN();
    expect(modelFreeVariance({ prices: 'quotes', expiries: [] }, 30)).toBeNaN();
    expect(Math.sqrt(modelFreeVariance({ prices: 'quotes', expiries: [expiry(30, 0.2)] }, 30))).toBeCloseTo(0.2, 3);
  });
});
