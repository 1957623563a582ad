import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rollingQuantile, rollingRank } from '../../src/math/rolling/order.js';
import { quantile } from '../../src/math/stats.js';

/** Few different values, so that there are ties; some missing. */
const given = fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: 0, max: 5, noNaN: true }), fc.constant(Number.NaN)), { minLength: 1, maxLength: 60 });
const windowed = (values: readonly number[], window: number, t: number): number[] => values.slice(t - window + 1, t + 1).filter((value) => !Number.isNaN(value));

describe('order statistics of windows', () => {
  it('quantiles equal those of each window sorted by itself', () => {
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 0.2, 0.5, 0.8, 1), (values, window, q) => {
        const found = rollingQuantile(values, window, q, 1);
        values.forEach((_, t) => {
          const present = t < window - 1 ? [] : windowed(values, window, t);
          expect(found[t]).toBe(present.length === 0 ? Number.NaN : quantile(Float64Array.from(present).sort(), q));
        });
      }),
      { seed: 1 },
    );
  });

  it('ranks count those below and half of the equals', () => {
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 12 }), (values, window) => {
        const found = rollingRank(values, window, 1);
        values.forEach((own, t) => {
          const present = t < window - 1 || Number.isNaN(own) ? [] : windowed(values, window, t);
          const [below, equal] = [present.filter((value) => value < own).length, present.filter((value) => value === own).length];
          expect(found[t]).toBe(present.length === 0 ? Number.NaN : (below + (equal + 1) / 2) / present.length);
        });
      }),
      { seed: 2 },
    );
  });

  it('are NaN where more than a fifth of the window is missing', () => {
    expect(Array.from(rollingQuantile([1, Number.NaN, 3, 4, 5, Number.NaN], 5, 0.5)).slice(4)).toEqual([3.5, Number.NaN]);
  });
});
