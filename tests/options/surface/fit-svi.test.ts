import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fitSvi } from '../../../src/options/surface/fit-svi.js';
import { hasSoundWings, sviDensitySign, sviTotalVariance, type SviSlice } from '../../../src/options/surface/svi.js';

const SIDE = 20;

/** Log moneyness from −3 to 2 standard deviations of a slice at the money. */
function moneyness(slice: SviSlice): Float64Array {
  const deviation = Math.sqrt(sviTotalVariance(slice, 0));
  return Float64Array.from({ length: 2 * SIDE + 1 }, (_, i) => deviation * (-3 + (5 * i) / (2 * SIDE)));
}

const isFree = (slice: SviSlice, k: Float64Array): boolean => hasSoundWings(slice) && k.every((x) => sviDensitySign(slice, x) >= 0.01);

/** Slices free of arbitrage on their own range, whose turn lies within it. */
const slices = fc
  .record({ level: fc.double({ min: 0.002, max: 0.2, noNaN: true }), slope: fc.double({ min: 0.02, max: 0.9, noNaN: true }), rho: fc.double({ min: -0.9, max: 0.5, noNaN: true }), turn: fc.double({ min: -0.8, max: 0.8, noNaN: true }), bend: fc.double({ min: 0.3, max: 2, noNaN: true }) })
  .map(({ level, slope, rho, turn, bend }): SviSlice => {
    const deviation = Math.sqrt(level);
    const [b, m, sigma] = [slope * deviation, turn * deviation, bend * deviation];
    return { a: level - b * (Math.hypot(m, sigma) - rho * m), b, rho, m, sigma };
  })
  .filter((slice) => isFree(slice, moneyness(slice)));

describe('fitSvi', () => {
  it('recovers a slice that is free of arbitrage', () => {
    fc.assert(
      fc.property(slices, (slice) => {
        const k = moneyness(slice);
        const w = k.map((x) => sviTotalVariance(slice, x));
        const fit = fitSvi(k, w, new Float64Array(k.length).fill(1))!;
        expect(fit.isButterflyFree).toBe(true);
        expect(fit.isRepaired).toBe(false);
        k.forEach((x, i) => expect(Math.sqrt(sviTotalVariance(fit.slice, x) / w[i])).toBeCloseTo(1, 3));
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('stays near a slice when one quote in ten is far off', () => {
    const slice: SviSlice = { a: 0.002, b: 0.05, rho: -0.5, m: 0.02, sigma: 0.1 };
    const k = moneyness(slice);
    const w = k.map((x, i) => sviTotalVariance(slice, x) * (i % 10 === 4 ? 1.7 : 1));
    const { slice: found } = fitSvi(k, w, new Float64Array(k.length).fill(1))!;
    const off = k.map((x) => Math.abs(Math.sqrt(sviTotalVariance(found, x) / sviTotalVariance(slice, x)) - 1));
    expect(Math.max(...off)).toBeLessThan(0.03);
  });

  /** Axel Vogt's slice, the known example of raw SVI with butterfly arbitrage: Gatheral and Jacquier (2014). */
  it('repairs a slice with butterfly arbitrage, near it', () => {
    const vogt: SviSlice = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };
    const k = Float64Array.from({ length: 61 }, (_, i) => -1.5 + i / 20);
    expect(Math.min(...k.map((x) => sviDensitySign(vogt, x)))).toBeLessThan(0);
    const w = k.map((x) => sviTotalVariance(vogt, x));
    const fit = fitSvi(k, w, new Float64Array(k.length).fill(1))!;
    expect(fit).toMatchObject({ isButterflyFree: true, isRepaired: true });
    for (let x = -1.5; x <= 1.5; x += 0.001) expect(sviDensitySign(fit.slice, x)).toBeGreaterThanOrEqual(0);
    const off = k.map((x, i) => Math.sqrt(sviTotalVariance(fit.slice, x)) - Math.sqrt(w[i]));
    expect(Math.sqrt(off.reduce((sum, one) => sum + one * one, 0) / k.length)).toBeLessThan(0.02);
  });

  it('keeps Lee\'s bound, total variance above 0 and the density, whatever the quotes', () => {
    const quotes = fc.array(fc.record({ step: fc.double({ min: 1e-3, max: 0.2, noNaN: true }), volatility: fc.double({ min: 0.02, max: 3, noNaN: true }), weight: fc.double({ min: 1e-3, max: 2, noNaN: true }) }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(quotes, (made) => {
        let at = -0.5;
        const k = Float64Array.from(made, ({ step }) => (at += step));
        const fit = fitSvi(k, Float64Array.from(made, ({ volatility }) => 0.1 * volatility ** 2), Float64Array.from(made, ({ weight }) => weight))!;
        expect(hasSoundWings(fit.slice)).toBe(true);
        if (!fit.isButterflyFree) return;
        for (let i = 0; i <= 60; i++) expect(sviDensitySign(fit.slice, k[0] + ((k[k.length - 1] - k[0]) * i) / 60)).toBeGreaterThan(-0.05);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('gives a level to quotes of one volatility', () => {
    const k = Float64Array.of(-0.2, -0.1, 0, 0.1, 0.2, 0.3);
    const { slice, isButterflyFree } = fitSvi(k, new Float64Array(6).fill(0.04), new Float64Array(6).fill(1))!;
    expect(isButterflyFree).toBe(true);
    for (const x of [-0.2, -0.05, 0.13, 0.3]) expect(sviTotalVariance(slice, x)).toBeCloseTo(0.04, 10);
  });

  it('is null where strikes do not differ', () => {
    expect(fitSvi(Float64Array.of(0), Float64Array.of(0.04), Float64Array.of(1))).toBeNull();
    expect(fitSvi(new Float64Array(0), new Float64Array(0), new Float64Array(0))).toBeNull();
  });
});
