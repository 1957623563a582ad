import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cappedShares } from '../../../src/portfolio/sizing/capped-shares.js';

describe('cappedShares', () => {
  it('sums to the total or to what caps allow, and keeps proportions below the cap', () => {
    const share = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1, noNaN: true }));
    fc.assert(fc.property(fc.array(share, { minLength: 1, maxLength: 30 }), fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }), (shares, total, cap) => {
      const weights = cappedShares(shares, total, cap);
      const holders = shares.filter((value) => value > 0).length;
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(Math.min(total, holders * cap), 12);
      const scales = shares.flatMap((value, i) => (value > 0 && weights[i] < cap ? [weights[i] / value] : []));
      for (const scale of scales) expect(scale).toBeCloseTo(scales[0], 8);
      shares.forEach((value, i) => {
        expect(weights[i]).toBeLessThanOrEqual(cap);
        if (value === 0) expect(weights[i]).toBe(0);
        else if (weights[i] === cap) expect(value * (scales[0] ?? Infinity)).toBeGreaterThanOrEqual(cap * (1 - 1e-9));
      });
    }), { seed: 111 });
  });
});
