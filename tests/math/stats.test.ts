import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { fitLine, mean, neweyWestT, quantile } from '../../src/math/stats.js';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('mean', () => {
  it('is the sum over the count', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean(Float64Array.of(-4))).toBe(-4);
  });

  it('is NaN of nothing', () => {
    expect(mean([])).toBeNaN();
  });
});

describe('quantile', () => {
  /** By hand from type 7: position q (n − 1) counted from 0, linear in between. */
  it.each([
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.9, 3.7],
    [[1, 2, 3, 4], 1, 4],
    [[10, 20, 40], 0.25, 15],
    [[10, 20, 40], 0.75, 30],
    [[-7], 0.3, -7],
    [[2, 2, 2, 9], 0.5, 2],
  ])('of %j at %d is %d', (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected, 12);
  });

  it('lies within the values and rises with q', () => {
    const sorted = fc.array(finite, { minLength: 1, maxLength: 30 }).map((values) => Float64Array.from(values).sort());
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sorted, share, share, (values, a, b) => {
        const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))];
        const rounding = 1e-9;
        expect(low).toBeGreaterThanOrEqual(values[0] - rounding);
        expect(high).toBeLessThanOrEqual(values[values.length - 1] + rounding);
        expect(high).toBeGreaterThanOrEqual(low - rounding);
      }),
    );
  });

  it('gives the order statistics back at their own positions', () => {
    const sorted = Float64Array.from({ length: 11 }, (_, i) => i ** 3);
    for (let i = 0; i <= 10; i++) expect(quantile(sorted, i / 10)).toBeCloseTo(i ** 3, 9);
  });
});

describe('fitLine', () => {
  it('finds a line that all points lie on', () => {
    const x = [-2, 0, 1, 5];
    const { intercept, slope } = fitLine(x, x.map((value) => 3 - 0.5 * value));
    expect(intercept).toBeCloseTo(3, 12);
    expect(slope).toBeCloseTo(-0.5, 12);
  });

  it('is flat at the mean where x does not vary', () => {
    expect(fitLine([4, 4, 4], [1, 2, 6])).toEqual({ intercept: 3, slope: 0 });
  });

  it('leaves errors that sum to nothing and do not depend on x', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(points, (pairs) => {
        const { intercept, slope } = fitLine(pairs.map(([x]) => x), pairs.map(([, y]) => y));
        const errors = pairs.map(([x, y]) => y - intercept - slope * x);
        expect(Math.abs(errors.reduce((sum, error) => sum + error, 0))).toBeLessThan(1e-8);
        expect(Math.abs(errors.reduce((sum, error, i) => sum + error * pairs[i][0], 0))).toBeLessThan(1e-6);
      }),
    );
  });
});

/** The same estimator written as its definition: every pair of sessions, weighted by how near they are. */
function slowNeweyWestT(values: readonly number[], lags: number): number {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  let variance = 0;
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) variance += Math.max(0, 1 - Math.abs(i - j) / (lags + 1)) * (a - centre) * (b - centre);
  }
  return centre / Math.sqrt(variance / values.length ** 2);
}

describe('neweyWestT', () => {
  it('equals the weighted sum over all pairs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 40 }), fc.integer({ min: 0, max: 50 }), (values, lags) => {
        const slow = slowNeweyWestT(values, lags);
        fc.pre(Number.isFinite(slow));
        expect(neweyWestT(values, lags)).toBeCloseTo(slow, 8);
      }),
    );
  });

  it('is the ordinary statistic without lags', () => {
    // mean 2, population variance 2/3, three values: 2 / sqrt((2/3) / 3)
    expect(neweyWestT([1, 2, 3], 0)).toBeCloseTo(2 / Math.sqrt(2 / 9), 12);
  });

  it.each([[[]], [[5]], [[0, 0, 0]], [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]], [Array.from({ length: 500 }, () => 1 / 3)]])('is null without spread: %j', (values) => {
    expect(neweyWestT(values, 3)).toBeNull();
  });

  it('changes sign with the values and not with their unit', () => {
    const rng = createRng(11);
    const values = Array.from({ length: 60 }, () => 0.1 + rng.normal());
    const t = neweyWestT(values, 4)!;
    expect(neweyWestT(values.map((value) => -value), 4)).toBeCloseTo(-t, 10);
    expect(neweyWestT(values.map((value) => 1e4 * value), 4)).toBeCloseTo(t, 8);
  });

  /** Share of seeds with |t| above 1.96 when the mean is truly zero; the nominal size is 5 %. */
  function size(lags: number, series: (normal: () => number) => number[]): number {
    const seeds = 1500;
    let rejected = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const rng = createRng(seed).fork('newey-west');
      if (Math.abs(neweyWestT(series(() => rng.normal()), lags)!) > 1.96) rejected++;
    }
    return rejected / seeds;
  }

  const whiteNoise = (normal: () => number): number[] => Array.from({ length: 250 }, normal);

  /** Sums of ten overlapping shocks, as returns over ten sessions measured every session. */
  function overlapping(normal: () => number): number[] {
    const shocks = Array.from({ length: 509 }, normal);
    return Array.from({ length: 500 }, (_, i) => shocks.slice(i, i + 10).reduce((sum, shock) => sum + shock, 0));
  }

  it('rejects a true null about as often as it says, on white noise', () => {
    const share = size(5, whiteNoise);
    expect(share).toBeGreaterThan(0.035);
    expect(share).toBeLessThan(0.085);
  });

  it('stays near its size on overlapping returns, where the ordinary statistic rejects half of the time', () => {
    expect(size(0, overlapping)).toBeGreaterThan(0.4);
    expect(size(10, overlapping)).toBeLessThan(0.16);
  });
});
