import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalCumulative } from '../../../src/math/normal.js';
import { constantMaturity, CONSTANT_MATURITIES } from '../../../src/options/surface/constant-maturity.js';
import { fitSmile } from '../../../src/options/surface/fit-smile.js';
import { modelFreeVariance } from '../../../src/options/surface/model-free-variance.js';
import type { Smile } from '../../../src/options/surface/smile.js';
import { buildSurface } from '../../../src/options/surface/surface.js';
import { evenStrikes, madeQuotes } from './made-expiry.js';

/** A smile of one expiry over ±4 standard deviations. */
function smileOf(days: number, volatility: (k: number) => number, forward = 100): Smile {
  const wide = 4 * volatility(0) * Math.sqrt(days / 365);
  return fitSmile(madeQuotes(evenStrikes(-wide, wide, 61), volatility, days / 365, forward)) as Smile;
}

const DAYS = [5, 12, 33, 61, 120];

describe('buildSurface', () => {
  it('has the same volatility everywhere where smiles are flat', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 1.5, noNaN: true }), (sigma) => {
        const surface = buildSurface(DAYS.map((days) => smileOf(days, () => sigma)));
        expect(surface.calendar).toMatchObject({ pairs: 4, points: 44, violations: 0, violatedPairs: 0, worst: 0 });
        for (const days of CONSTANT_MATURITIES) {
          const { atmVolatility, put25, call25, put10, call10, skew25Delta, butterfly25 } = constantMaturity(surface, days);
          for (const value of [atmVolatility, put25, call25, put10, call10]) expect(value).toBeCloseTo(sigma, 7);
          expect(skew25Delta).toBeCloseTo(0, 7);
          expect(butterfly25).toBeCloseTo(0, 7);
          expect(Math.sqrt(modelFreeVariance({ prices: 'smile', surface }, days))).toBeCloseTo(sigma, 7);
        }
      }),
      { seed: 21, numRuns: 40 },
    );
  });

  it('counts calendar arbitrage', () => {
    const surface = buildSurface([smileOf(30, () => 0.4), smileOf(60, () => 0.2), smileOf(90, () => 0.2)]);
    // 0.4² · 30 against 0.2² · 60: total variance falls by half
    expect(surface.calendar).toMatchObject({ pairs: 2, points: 22, violations: 11, violatedPairs: 1 });
    expect(surface.calendar.worst).toBeCloseTo(0.5, 6);
  });

  it('interpolates total variance linearly in time, and the forward by its logarithm', () => {
    const surface = buildSurface([smileOf(40, () => 0.3, 110), smileOf(20, () => 0.2, 100)]);
    const { atmVolatility, forward } = constantMaturity(surface, 30);
    expect(atmVolatility ** 2 * 30).toBeCloseTo((0.2 ** 2 * 20 + 0.3 ** 2 * 40) / 2, 6);
    expect(forward).toBeCloseTo(Math.sqrt(100 * 110), 8);
  });

  it('ends three days before the first expiry and with the last', () => {
    const surface = buildSurface([smileOf(10, () => 0.2), smileOf(60, () => 0.2)]);
    for (const days of [7, 8, 10, 59, 60]) expect(constantMaturity(surface, days).atmVolatility, `${days} days`).toBeCloseTo(0.2, 7);
    for (const days of [-1, 0, 6.9, 60.5, 90, Number.NaN]) expect(constantMaturity(surface, days).atmVolatility, `${days} days`).toBeNaN();
    expect(modelFreeVariance({ prices: 'smile', surface }, 90)).toBeNaN();
  });

  it('keeps what has no smile, with its reason', () => {
    const surface = buildSurface([fitSmile(madeQuotes([], () => 0.2, 0.1))]);
    expect(surface.smiles).toEqual([]);
    expect(surface.refused).toMatchObject([{ reason: 'too-few-quotes' }]);
    expect(constantMaturity(surface, 30)).toMatchObject({ days: 30, atmVolatility: Number.NaN, skew25Delta: Number.NaN });
  });

  it('takes of two smiles of one time that of more quotes', () => {
    const more = smileOf(30, () => 0.2);
    const surface = buildSurface([fitSmile(madeQuotes([-0.1, 0, 0.1], () => 0.5, 30 / 365)), more]);
    expect(surface.smiles).toEqual([more]);
  });
});

describe('constantMaturity', () => {
  const surface = buildSurface(DAYS.map((days) => smileOf(days, (k) => 0.25 - 0.2 * k + 0.4 * k * k)));

  it.each(CONSTANT_MATURITIES)('finds the strikes of the deltas at %d days', (days) => {
    const point = constantMaturity(surface, days);
    const slice = surface.sliceAt(days / 365)!;
    for (const [volatility, delta] of [[point.call25, 0.25], [point.put25, 0.75], [point.call10, 0.1], [point.put10, 0.9]]) {
      const deviation = volatility * Math.sqrt(days / 365);
      // the strike at which an option of this volatility has the delta; the surface has that volatility there
      let [low, high] = [-2, 2];
      for (let step = 0; step < 80; step++) {
        const k = (low + high) / 2;
        if (normalCumulative(-k / deviation + deviation / 2) > delta) low = k;
        else high = k;
      }
      expect(Math.sqrt((slice.totalVariance(low) * 365) / days)).toBeCloseTo(volatility, 8);
    }
  });

  it('has a skew above 0 where low strikes cost more, below 0 where high ones do', () => {
    for (const days of CONSTANT_MATURITIES) {
      const tilted = buildSurface(DAYS.map((each) => smileOf(each, (k) => 0.25 + 0.2 * k + 0.4 * k * k)));
      expect(constantMaturity(surface, days)).toSatisfy((point: ReturnType<typeof constantMaturity>) => point.skew25Delta > 0 && point.skew10Delta > point.skew25Delta && point.butterfly10 > 0);
      expect(constantMaturity(tilted, days).skew25Delta).toBeLessThan(0);
    }
  });

  it('leaves out deltas beyond the quotes', () => {
    const narrow = (days: number): Smile => fitSmile(madeQuotes(evenStrikes(-0.05, 0.05, 9), () => 0.3, days / 365)) as Smile;
    const point = constantMaturity(buildSurface([narrow(20), narrow(40)]), 30);
    expect(point.atmVolatility).toBeCloseTo(0.3, 7);
    expect(point).toMatchObject({ call10: Number.NaN, put10: Number.NaN, skew10Delta: Number.NaN, butterfly10: Number.NaN });
  });
});
