import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { shrunkCovariance } from '../../src/math/shrunk-covariance.js';

// values of scikit-learn: tests/portfolio/sizing/reference.test.ts
describe('shrunkCovariance', () => {
  it('draws variances to their mean and covariances to 0, and leaves the trace', () => {
    const rng = createRng(121);
    const returns = Float64Array.from({ length: 5 * 40 }, (_, at) => (1 + Math.floor(at / 40)) * rng.normal());
    const { covariance, intensity, target } = shrunkCovariance(returns, 5);
    expect(intensity).toBeGreaterThan(0.01);
    expect(intensity).toBeLessThan(1);
    const diagonal = [0, 1, 2, 3, 4].map((i) => covariance[i * 6]);
    expect(diagonal.reduce((sum, value) => sum + value, 0)).toBeCloseTo(5 * target, 12);
    const sample = (i: number, j: number): number => {
      const [a, b] = [i, j].map((k) => returns.subarray(k * 40, (k + 1) * 40));
      const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / 40;
      return a.reduce((sum, value, t) => sum + (value - mean(a)) * (b[t] - mean(b)), 0) / 40;
    };
    expect(covariance[1]).toBeCloseTo((1 - intensity) * sample(0, 1), 12);
    expect(covariance[24]).toBeCloseTo((1 - intensity) * sample(4, 4) + intensity * target, 12);
  });

  it('is the sample of a name alone, and nothing of names that do not move', () => {
    const alone = shrunkCovariance([0.1, 0.3], 1);
    expect(alone.intensity).toBe(0);
    expect(alone.covariance[0]).toBeCloseTo(0.01, 15);
    expect(shrunkCovariance(new Float64Array(6), 2)).toEqual({ covariance: new Float64Array(4), intensity: 0, target: 0 });
    expect(shrunkCovariance([], 0).covariance).toHaveLength(0);
  });

  it('refuses what is missing', () => {
    expect(() => shrunkCovariance([1, 2, 3], 2)).toThrow('expected as many returns of each of 2 names, at least one, found 3');
    expect(() => shrunkCovariance([], 2)).toThrow('found 0');
    expect(() => shrunkCovariance([1, 2, Number.NaN, 3], 2)).toThrow('expected a finite return at each of 2 sessions, found one missing for name 1');
  });
});
