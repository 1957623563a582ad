import { describe, expect, it } from 'vitest';

import { portfolioVolatility, withinVolatility } from '../../../src/portfolio/sizing/within-volatility.js';

const COVARIANCE = Float64Array.of(0.04, 0.01, 0.01, 0.09);

describe('withinVolatility', () => {
  it('takes the most of a family that is calm enough', () => {
    expect(withinVolatility({ most: 2, weightsAt: (size) => Float64Array.of(size, 0) }, COVARIANCE, 0.4)).toEqual(Float64Array.of(2, 0));
  });

  it('takes one step where volatility grows in proportion', () => {
    let asked = 0;
    const weights = withinVolatility({ most: 3, weightsAt: (size) => ((asked += 1), Float64Array.of(size, 0)) }, COVARIANCE, 0.1);
    expect(weights[0]).toBeCloseTo(0.5, 15);
    expect(asked).toBe(2);
  });

  it('finds the limit past a kink', () => {
    const weights = withinVolatility({ most: 1, weightsAt: (size) => Float64Array.of(Math.min(0.1, size), size) }, COVARIANCE, 0.15);
    expect(weights[0]).toBe(0.1);
    expect(portfolioVolatility(weights, COVARIANCE)).toBeCloseTo(0.15, 13);
  });

  it('stays below the limit where a family jumps over it, whichever side the search ends on', () => {
    for (let jump = 0.05; jump < 1; jump += 0.05) {
      const weights = withinVolatility({ most: 1, weightsAt: (size) => Float64Array.of(0, size < jump ? 0.1 : 1) }, COVARIANCE, 0.15);
      expect(portfolioVolatility(weights, COVARIANCE)).toBeLessThanOrEqual(0.15 * (1 + 1e-12));
      expect(weights[1]).toBeGreaterThan(0);
    }
  });
});
