import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { estimateForward } from '../../../src/options/surface/forward.js';
import { flatRate, zeroCurve } from '../../../src/options/surface/rate-curve.js';
import { evenStrikes, madeRows } from './made-expiry.js';

const years = 0.25;
const made = (discount: number, halfSpread?: number): ReturnType<typeof madeRows> => madeRows({ years, forward: 101, discount, strikes: evenStrikes(80, 120, 41), volatility: () => 0.25, ...(halfSpread === undefined ? {} : { halfSpread }) });

describe('estimateForward', () => {
  it('finds forward and discount of prices quoted closely', () => {
    fc.assert(
      fc.property(fc.double({ min: 50, max: 900, noNaN: true }), fc.double({ min: 0.015, max: 0.06, noNaN: true }), fc.double({ min: -0.02, max: 0.02, noNaN: true }), (spot, rate, carry) => {
        const forward = spot * Math.exp(carry);
        const rows = madeRows({ years, forward, discount: Math.exp(-rate * years), strikes: evenStrikes(0.8 * spot, 1.2 * spot, 41), volatility: () => 0.25, halfSpread: 1e-5 * spot });
        const found = estimateForward(rows, { years, spot, curve: flatRate(0.04) });
        expect(found).toMatchObject({ source: 'parity', pairs: 18 });
        expect(found.forward / forward).toBeCloseTo(1, 10);
        expect(found.discount).toBeCloseTo(Math.exp(-rate * years), 10);
      }),
      { seed: 31 },
    );
  });

  it('takes the discount of the curve where last trades are all there is', () => {
    const curve = flatRate(0.03);
    const found = estimateForward(made(Math.exp(-0.03 * years)), { years, spot: 100, curve });
    expect(found).toMatchObject({ source: 'parity-with-curve', discount: Math.exp(-0.03 * years) });
    expect(found.forward).toBeCloseTo(101, 8);
  });

  it('takes the discount of the curve where that of prices is not to be believed', () => {
    expect(estimateForward(made(Math.exp(-0.2 * years), 1e-5), { years, spot: 100, curve: flatRate(0.03) })).toMatchObject({ source: 'parity-with-curve', discount: Math.exp(-0.03 * years) });
    expect(estimateForward(made(Math.exp(-0.03 * years), 0.5), { years, spot: 100, curve: flatRate(0.04) })).toMatchObject({ source: 'parity-with-curve' });
  });

  it('is moved little by stale prices', () => {
    const rng = createRng(5);
    const rows = made(1);
    const price = rows.price.map((value) => (rng.float() < 0.2 ? value * 1.5 + 1 : value));
    expect(estimateForward({ ...rows, price }, { years, spot: 100, curve: flatRate(0) }).forward).toBeCloseTo(101, 0);
  });

  it('falls back on spot, curve and yield, and says so', () => {
    const rows = madeRows({ years, forward: 101, discount: 1, strikes: [95, 105], volatility: () => 0.25 });
    const found = estimateForward(rows, { years, spot: 100, curve: flatRate(0.04), dividendYield: 0.01 });
    expect(found).toMatchObject({ source: 'spot', pairs: 2, discount: Math.exp(-0.01) });
    expect(found.forward).toBeCloseTo(100 * Math.exp(0.03 * years), 10);
    expect(estimateForward(made(1), { years, spot: 150, curve: flatRate(0) })).toMatchObject({ source: 'spot', forward: 150 });
  });

  it('does without spot where there are pairs, and has nothing where there are none', () => {
    expect(estimateForward(made(1), { years, spot: Number.NaN, curve: flatRate(0) }).forward).toBeCloseTo(101, 8);
    const none = madeRows({ years, forward: 100, discount: 1, strikes: [], volatility: () => 0.2 });
    expect(estimateForward(none, { years, spot: Number.NaN, curve: flatRate(0) })).toEqual({ forward: Number.NaN, discount: 1, source: 'none', pairs: 0 });
    expect(estimateForward(made(1), { years: 0, spot: 100, curve: flatRate(0) })).toMatchObject({ forward: Number.NaN, source: 'none' });
  });
});

describe('rate curves', () => {
  it('are linear between points and flat beyond', () => {
    const curve = zeroCurve([0.1, 0.5, 1], [0.05, 0.03, 0.04]);
    expect([0, 0.1, 0.3, 0.75, 1, 9].map((time) => curve.rate(time))).toEqual([0.05, 0.05, expect.closeTo(0.04, 12), expect.closeTo(0.035, 12), 0.04, 0.04]);
  });

  it('reject what is no curve', () => {
    expect(() => zeroCurve([], [])).toThrow('at least one');
    expect(() => zeroCurve([1, 1], [0.1, 0.1])).toThrow('ascending');
    expect(() => zeroCurve([1], [Number.NaN])).toThrow('finite');
    expect(() => flatRate(Number.NaN)).toThrow('finite');
  });
});
