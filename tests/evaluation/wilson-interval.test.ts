import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { wilsonInterval } from '../../src/evaluation/wilson-interval.js';

describe('the interval of a share', () => {
  // Newcombe (1998), table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d hits in %d is that of the published table', (hits, of, low, high) => {
    const interval = wilsonInterval(hits, of)!;
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it('holds the share, stays within 0 and 1, and mirrors misses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const hits = Math.round(of * share);
        const [low, high] = wilsonInterval(hits, of)!;
        const [mirroredLow, mirroredHigh] = wilsonInterval(of - hits, of)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low <= hits / of && hits / of <= high).toBe(true);
        expect(1 - mirroredHigh).toBeCloseTo(low, 12);
        expect(1 - mirroredLow).toBeCloseTo(high, 12);
      }),
      { seed: 11 },
    );
  });

  it('solves the equation of the score test at both ends', () => {
    const [hits, of] = [17, 60];
    for (const end of wilsonInterval(hits, of)!) expect(Math.abs(hits / of - end) / Math.sqrt((end * (1 - end)) / of)).toBeCloseTo(1.959963984540054, 9);
  });

  it('is none without trials, and refuses counts that cannot be', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    for (const [hits, of] of [[2, 1], [-1, 3], [0.5, 3], [1, 2.5]]) expect(() => wilsonInterval(hits, of)).toThrow('0 ≤ hits ≤ trials');
  });
});
