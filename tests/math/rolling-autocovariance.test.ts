import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rollingAutocovariance } from '../../src/math/rolling/autocovariance.js';

describe('rollingAutocovariance', () => {
  it('is the covariance of neighbours', () => {
    // pairs (now, before): (3, 1), (2, 3), (4, 2), means 3 and 2: 0 · −1 + −1 · 1 + 1 · 0, over 2
    expect(Array.from(rollingAutocovariance([1, 3, 2, 4], 3))).toEqual([Number.NaN, Number.NaN, Number.NaN, -0.5]);
  });

  it('is negative for a bounce and positive for a trend', () => {
    expect(rollingAutocovariance([1, -1, 1, -1, 1, -1], 5)[5]).toBeLessThan(0);
    expect(rollingAutocovariance([1, 2, 3, 4, 5, 6], 5)[5]).toBeGreaterThan(0);
  });

  it('leaves out pairs with a hole, and two go with each hole', () => {
    const values = [5, 1, 3, Number.NaN, 2, 4, 7];
    // pairs left: (1, 5), (3, 1), (4, 2), (7, 4): means 3.75 and 3
    expect(rollingAutocovariance(values, 6, 4)[6]).toBeCloseTo((-2.75 * 2 + -0.75 * -2 + 0.25 * -1 + 3.25 * 1) / 3, 12);
    expect(rollingAutocovariance(values, 6)[6]).toBeNaN();
  });

  it('gives the same window the same bits wherever it lies', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 30 }), (values) => {
        const whole = rollingAutocovariance(values, 6);
        expect(rollingAutocovariance(values.slice(-7), 6)[6]).toBe(whole[values.length - 1]);
      }),
    );
  });
});
