import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rollingMeanDeviation } from '../../src/math/rolling/mean-deviation.js';

describe('rollingMeanDeviation', () => {
  it('is the mean distance from the mean', () => {
    expect(Array.from(rollingMeanDeviation([1, 2, 6], 3))).toEqual([Number.NaN, Number.NaN, 2]); // distances 2, 1, 3
  });

  it('skips what is missing while four in five are there', () => {
    expect(rollingMeanDeviation([1, Number.NaN, 3, 1, 3], 5)[4]).toBe(1);
    expect(rollingMeanDeviation([1, Number.NaN, Number.NaN, 1, 3], 5)[4]).toBeNaN();
  });

  it('moves with the scale and not with the level', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 40 }), fc.integer({ min: -50, max: 50 }), (values, level) => {
        const [plain, moved] = [rollingMeanDeviation(values, 4), rollingMeanDeviation(values.map((value) => 3 * value + level), 4)];
        for (let t = 3; t < values.length; t++) expect(moved[t]).toBeCloseTo(3 * plain[t], 9);
      }),
    );
  });
});
