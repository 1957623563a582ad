import { describe, expect, it } from 'vitest';

import { solveQuadraticProgram } from '../../../src/math/optimize/solve-quadratic-program.js';
import { shrunkCovariance } from '../../../src/math/shrunk-covariance.js';
import { hierarchicalShares } from '../../../src/portfolio/sizing/hierarchical-risk-parity.js';
import { meanVariance } from '../../../src/portfolio/sizing/mean-variance.js';
import { minimumVariance } from '../../../src/portfolio/sizing/minimum-variance.js';
import { shrunkExpectations } from '../../../src/portfolio/sizing/shrunk-expectations.js';
import type { SizingInput } from '../../../src/portfolio/sizing/sizing.js';
import { portfolioVolatility } from '../../../src/portfolio/sizing/within-volatility.js';
import { largestDifference, reference, type WeightsCase } from './reference.js';

const NAMES = reference.returns.length;
const SIGMA = shrunkCovariance(reference.returns.flat(), NAMES).covariance.map((value) => value * 252);

/** Of a full book, whose volatility is not limited unless the case says so. */
function inputOf({ maxWeight, budget, targetVolatility = 100 }: WeightsCase & { readonly targetVolatility?: number }): SizingInput {
  return {
    symbols: Array.from({ length: NAMES }, (_, i) => `N${String(i).padStart(2, '0')}`),
    volatility: Float64Array.from({ length: NAMES }, (_, i) => Math.sqrt(SIGMA[i * (NAMES + 1)])),
    covariance: SIGMA,
    expected: reference.expected,
    budget,
    maxWeight,
    targetVolatility,
    slots: NAMES,
  };
}

describe('shrunkCovariance', () => {
  it('is that of scikit-learn: intensity within 1e-13, covariance within 1e-17', () => {
    const { covariance, intensity } = shrunkCovariance(reference.returns.flat(), NAMES);
    expect(intensity).toBeGreaterThan(0.02);
    expect(Math.abs(intensity - reference.ledoitWolf.intensity)).toBeLessThan(1e-13);
    expect(largestDifference(covariance, reference.ledoitWolf.covariance)).toBeLessThan(1e-17);
  });

  it('is so with more names than sessions', () => {
    const { returns, intensity, trace, firstRow } = reference.moreNamesThanSessions;
    const found = shrunkCovariance(returns.flat(), returns.length);
    expect(Math.abs(found.intensity - intensity)).toBeLessThan(1e-13);
    expect(found.target * returns.length).toBeCloseTo(trace, 15);
    expect(largestDifference(found.covariance.subarray(0, returns.length), firstRow)).toBeLessThan(1e-17);
  });
});

describe('solveQuadraticProgram', () => {
  it.each(reference.quadraticPrograms.map((program, i) => [i, program] as const))('agrees with quadprog within 1e-11 on programme %i', (_, { x, quadratic, ...program }) => {
    expect(largestDifference(solveQuadraticProgram({ ...program, quadratic: Float64Array.from(quadratic) }).x, x)).toBeLessThan(1e-11);
  });
});

describe('minimum variance', () => {
  it.each(reference.minimumVariance)('agrees with quadprog within 1e-12 where each may have $maxWeight of $budget', (one) => {
    expect(largestDifference(minimumVariance.weights(inputOf(one)), one.weights)).toBeLessThan(1e-12);
  });

  it.each(reference.minimumVarianceLimited)('is the most that a volatility of $targetVolatility allows: Clarabel within 1e-6', (one) => {
    const weights = minimumVariance.weights(inputOf(one));
    expect(portfolioVolatility(weights, SIGMA)).toBeCloseTo(one.targetVolatility, 12);
    expect(largestDifference(weights, one.weights)).toBeLessThan(1e-6);
  });
});

describe('mean-variance', () => {
  it('draws expectations together as NumPy does within 1e-13', () => {
    const { years, intensity, expected } = reference.bayesStein;
    const found = shrunkExpectations(Float64Array.from(reference.expected), SIGMA, years);
    expect(Math.abs(found.intensity - intensity)).toBeLessThan(1e-13);
    expect(largestDifference(found.expected, expected)).toBeLessThan(1e-13);
  });

  it.each(reference.meanVariance)('agrees with quadprog within 1e-12 at a risk aversion of $riskAversion', (one) => {
    expect(largestDifference(meanVariance({ riskAversion: one.riskAversion, expectationYears: 1 }).weights(inputOf(one)), one.weights)).toBeLessThan(1e-12);
  });

  it.each(reference.meanVarianceLimited)('is the best within a volatility of $targetVolatility: Clarabel within 1e-6', (one) => {
    const weights = meanVariance({ riskAversion: one.riskAversion, expectationYears: 1 }).weights(inputOf(one));
    expect(portfolioVolatility(weights, SIGMA)).toBeCloseTo(one.targetVolatility, 12);
    expect(largestDifference(weights, one.weights)).toBeLessThan(1e-6);
  });
});

describe('hierarchical risk parity', () => {
  it('agrees with SciPy and the published procedure within 1e-15', () => {
    expect(largestDifference(hierarchicalShares(SIGMA, NAMES), reference.hierarchical.weights)).toBeLessThan(1e-15);
  });

  it('does so for 40 names', () => {
    const { returns, weights } = reference.hierarchical.larger;
    const sessions = returns[0].length;
    const centred = returns.map((series) => series.map((value) => value - series.reduce((sum, one) => sum + one, 0) / sessions));
    const covariance = Float64Array.from(centred.flatMap((a) => centred.map((b) => a.reduce((sum, value, t) => sum + value * b[t], 0) / (sessions - 1))));
    expect(largestDifference(hierarchicalShares(covariance, returns.length), weights)).toBeLessThan(1e-15);
  });
});

/** López de Prado (2016), numerical example: percent of the portfolio, to the two digits printed. */
const PUBLISHED = {
  hierarchical: [7.0, 7.59, 10.84, 19.03, 9.72, 10.19, 6.62, 9.1, 7.12, 12.79],
  leastVariance: [14.44, 19.93, 19.73, 19.87, 18.68, 0, 5.86, 1.49, 0, 0],
};

describe('the published example', () => {
  const covariance = Float64Array.from(reference.lopezDePrado.covariance);
  const percent = (weights: Float64Array): number[] => Array.from(weights, (weight) => Math.round(weight * 10_000) / 100);

  it('has the hierarchical weights that are printed, and those of SciPy within 1e-15', () => {
    const shares = hierarchicalShares(covariance, 10);
    expect(percent(shares)).toEqual(PUBLISHED.hierarchical);
    expect(largestDifference(shares, reference.lopezDePrado.weights)).toBeLessThan(1e-15);
  });

  it('has the weights of least variance that are printed', () => {
    const { x } = solveQuadraticProgram({ quadratic: covariance, linear: new Float64Array(10), lower: new Float64Array(10), upper: new Float64Array(10).fill(1), budget: 1, exact: true });
    expect(percent(x)).toEqual(PUBLISHED.leastVariance);
  });
});
