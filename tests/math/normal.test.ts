import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalCumulative, normalDensity, normalQuantile } from '../../src/math/normal.js';

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('the normal distribution', () => {
  // Φ by the C library's erfc, its inverse by Wichura's AS 241, both from Python 3.11
  it.each([[-37, 5.725571222525139e-300], [-10, 7.619853024160593e-24], [-5, 2.866515718791946e-7], [-3, 0.0013498980316300957], [-2.999999, 0.001349902463485155], [-1.5, 0.06680720126885809], [0.5, 0.6914624612740131], [1.96, 0.9750021048517795], [3, 0.9986501019683699], [6, 0.9999999990134123]])('lies below %d with the probability %d', (x, p) => {
    expect(relative(normalCumulative(x), p)).toBeLessThan(1e-13);
  });

  // 60 digits by mpmath, rounded
  it.each([[-37, 5.725571222524577e-300], [-20.3, 6.429244467698346e-92], [-8.125, 2.2368120644441053e-16], [-3, 0.0013498980316300946], [-2.999, 0.0013543365337271062], [-1.1, 0.13566606094638264], [-0.4, 0.3445782583896758], [0.4, 0.6554217416103242]])('lies below %d with the probability %d to the last digits', (x, p) => {
    expect(relative(normalCumulative(x), p)).toBeLessThan(1e-15);
  });

  it.each([[1e-12, -7.034483825301132], [0.001, -3.090232306167813], [0.025, -1.9599639845400538], [0.3, -0.5244005127080407], [0.9, 1.2815515655446008], [0.975, 1.9599639845400536]])('has at %d the quantile %d', (p, x) => {
    expect(relative(normalQuantile(p), x)).toBeLessThan(1e-14);
  });

  it('has quantiles that undo its distribution function, out to the smallest probabilities', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 8, noNaN: true }), (x) => {
        // above 0 the probability is near 1, where doubles are 1.1e-16 apart
        const rounding = x > 0 ? 2.3e-16 / normalDensity(x) : 0;
        expect(Math.abs(normalQuantile(normalCumulative(x)) - x)).toBeLessThanOrEqual(1e-12 + rounding);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('grows, is symmetric, and has its density as slope', () => {
    for (let x = -8; x < 8; x += 0.01) {
      expect(normalCumulative(x + 0.01)).toBeGreaterThanOrEqual(normalCumulative(x));
      expect(normalCumulative(x) + normalCumulative(-x)).toBeCloseTo(1, 14);
      expect((normalCumulative(x + 1e-4) - normalCumulative(x - 1e-4)) / 2e-4).toBeCloseTo(normalDensity(x), 8);
    }
  });

  it('has its ends, and nothing outside of them', () => {
    expect([-Infinity, Infinity, 0, -40].map(normalCumulative)).toEqual([0, 1, 0.5, 0]);
    expect([0, 1, 0.5].map(normalQuantile)).toEqual([-Infinity, Infinity, 0]);
    expect([normalCumulative(Number.NaN), normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(Number.NaN)]).toEqual(new Array(4).fill(Number.NaN));
    expect(normalQuantile(Number.MIN_VALUE)).toBeLessThan(-38);
  });
});
