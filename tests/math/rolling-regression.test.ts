import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rollingRegression, rollingTrend } from '../../src/math/rolling/regression.js';
import { fitLine } from '../../src/math/stats.js';

const value = fc.oneof({ weight: 9, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const pairs = fc.array(fc.tuple(value, value), { minLength: 5, maxLength: 40 });

describe('regression of windows', () => {
  it('equals the line through the pairs of each window that are there', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 5, max: 10 }), (given, window) => {
        const [y, x] = [given.map(([a]) => a), given.map(([, b]) => b)];
        const found = rollingRegression(y, x, window);
        given.forEach((_, t) => {
          const present = t < window - 1 ? [] : given.slice(t - window + 1, t + 1).filter(([a, b]) => !Number.isNaN(a + b));
          const spread = Math.max(...present.map(([, b]) => b)) - Math.min(...present.map(([, b]) => b));
          if (present.length < 0.8 * window) return expect(found.slope[t]).toBeNaN();
          if (!(spread > 1e-3)) return; // hardly a line
          const { slope, intercept } = fitLine(present.map(([, b]) => b), present.map(([a]) => a));
          expect(Math.abs(found.slope[t] - slope) / Math.max(1, Math.abs(slope))).toBeLessThan(1e-9);
          expect(Math.abs(found.residual[t] - (y[t] - intercept - slope * x[t])) || 0).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
        });
      }),
      { seed: 5 },
    );
  });

  it('gives a window the same bits whether or not something is missing elsewhere', () => {
    const y = Float64Array.from({ length: 40 }, (_, t) => Math.sin(t) * (1 + t));
    const gappy = y.map((own, t) => (t === 10 ? Number.NaN : own));
    const [whole, holed] = [rollingTrend(y, 8), rollingTrend(gappy, 8)];
    for (const part of ['slope', 'intercept', 'correlation', 'residualStd', 'residual'] as const) {
      expect(Array.from(holed[part].subarray(18))).toEqual(Array.from(whole[part].subarray(18)));
      expect(holed[part][17]).not.toBe(whole[part][17]);
    }
  });

  it('a straight line has correlation 1 and no errors, a level no correlation', () => {
    const line = rollingTrend(Float64Array.from({ length: 12 }, (_, t) => 3 + 2 * t), 5);
    expect([line.slope[11], line.correlation[11]]).toEqual([2, 1]);
    expect(line.residualStd[11]).toBeCloseTo(0, 12);
    const level = rollingTrend(new Float64Array(12).fill(7), 5);
    expect([level.slope[11], level.residual[11], level.correlation[11]]).toEqual([0, 0, Number.NaN]);
  });

  it('does not fit what is infinite', () => {
    const y = Float64Array.of(1, 2, 3, Infinity, 5, 6);
    expect(rollingTrend(y, 5).correlation[5]).toBeNaN();
  });
});
