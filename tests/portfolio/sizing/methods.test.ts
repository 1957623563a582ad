import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { equalWeight } from '../../../src/portfolio/sizing/equal-weight.js';
import { hierarchicalShares } from '../../../src/portfolio/sizing/hierarchical-risk-parity.js';
import { inverseVolatility } from '../../../src/portfolio/sizing/inverse-volatility.js';
import { meanVariance } from '../../../src/portfolio/sizing/mean-variance.js';
import { minimumVariance } from '../../../src/portfolio/sizing/minimum-variance.js';
import { shrunkExpectations } from '../../../src/portfolio/sizing/shrunk-expectations.js';
import type { SizingInput } from '../../../src/portfolio/sizing/sizing.js';
import { volatilityTarget } from '../../../src/portfolio/sizing/volatility-target.js';
import { sizingInput } from './sizing-input.js';

/** Names of these volatilities, all with one correlation, in a book without limits on weights or volatility that is to be full. */
function equallyRelated(volatility: readonly number[], correlation: number, changes: Partial<SizingInput> = {}): SizingInput {
  const covariance = Float64Array.from(volatility.flatMap((a, i) => volatility.map((b, j) => (i === j ? a * b : correlation * a * b))));
  return { symbols: volatility.map((_, i) => `N${i}`), volatility, covariance, expected: volatility.map(() => 0.1), budget: 1, maxWeight: 1, targetVolatility: 100, slots: volatility.length, ...changes };
}

const requireWeights = (found: ArrayLike<number>, wanted: readonly number[]): void => wanted.forEach((weight, i) => expect(found[i]).toBeCloseTo(weight, 12));

describe('volatility target', () => {
  const changes = { targetVolatility: 0.15, slots: 20, maxWeight: 0.08, budget: 0.95 };

  it('is target ÷ own volatility ÷ slots', () => {
    expect([...volatilityTarget.weights(equallyRelated([0.3, 0.15, 0.05], 0, changes))]).toEqual([0.15 / 0.3 / 20, 0.15 / 0.15 / 20, 0.08]);
  });

  it('scales all down together where they exceed the budget', () => {
    requireWeights(volatilityTarget.weights(equallyRelated([0.3, 0.15, 0.05], 0, { ...changes, budget: 0.031 })), [0.005, 0.01, 0.016]);
  });
});

describe('equal weight', () => {
  it('is one part of the slots', () => {
    expect([...equalWeight.weights(equallyRelated([0.3, 0.1], 0, { slots: 20 }))]).toEqual([0.05, 0.05]);
    expect([...equalWeight.weights(equallyRelated([0.3, 0.1], 0, { slots: 4, maxWeight: 0.2 }))]).toEqual([0.2, 0.2]);
    expect([...equalWeight.weights(equallyRelated([0.3, 0.1], 0, { slots: 4, budget: 0.25 }))]).toEqual([0.125, 0.125]);
  });
});

describe('inverse volatility', () => {
  it('shares by 1 ÷ volatility, and gives to the others what a cap takes away', () => {
    requireWeights(inverseVolatility.weights(equallyRelated([0.1, 0.2, 0.4], 0.3)), [4 / 7, 2 / 7, 1 / 7]);
    requireWeights(inverseVolatility.weights(equallyRelated([0.1, 0.2, 0.4], 0.3, { maxWeight: 0.4 })), [0.4, 0.4, 0.2]);
  });
});

describe('minimum variance', () => {
  it('has the closed form of two names', () => {
    fc.assert(fc.property(fc.double({ min: 0.1, max: 0.5, noNaN: true }), fc.double({ min: 0.1, max: 0.5, noNaN: true }), fc.double({ min: -0.9, max: 0.9, noNaN: true }), (a, b, correlation) => {
      const first = (b * b - correlation * a * b) / (a * a + b * b - 2 * correlation * a * b);
      const weight = Math.min(1, Math.max(0, first)); // long only
      requireWeights(minimumVariance.weights(equallyRelated([a, b], correlation)), [weight, 1 - weight]);
    }), { seed: 101 });
  });

  it('has the closed form of three unrelated names, in proportion to 1 ÷ variance', () => {
    requireWeights(minimumVariance.weights(equallyRelated([0.1, 0.2, 0.4], 0)), [16 / 21, 4 / 21, 1 / 21]);
  });

  it('drops a name that only adds variance, where weights of both signs would sell it', () => {
    const [, , third] = minimumVariance.weights(equallyRelated([0.1, 0.12, 0.5], 0.8));
    expect(third).toBe(0);
  });

  it('divides evenly between twins', () => {
    requireWeights(Array.from(minimumVariance.weights(equallyRelated([0.2, 0.2], 1)), (weight) => Math.round(weight * 1e7) / 1e7), [0.5, 0.5]);
  });
});

describe('mean-variance', () => {
  const plain = meanVariance({ riskAversion: 10, expectationYears: 1000 });

  it('has the closed form of unrelated names: expected return ÷ (risk aversion × variance)', () => {
    // as equal expectations are drawn nowhere
    requireWeights(plain.weights(equallyRelated([0.3, 0.4], 0, { expected: [0.1, 0.1] })), [0.1 / 10 / 0.09, 0.1 / 10 / 0.16]);
  });

  it('leaves out what only loses, and is empty where all do', () => {
    const input = equallyRelated([0.2, 0.2], 0, { expected: [0.2, -0.2] });
    const [first, second] = plain.weights(input);
    expect(first).toBeGreaterThan(0.2);
    expect(second).toBe(0);
    expect(plain.weights({ ...input, expected: [-0.1, -0.2] })).toEqual(new Float64Array(2));
  });

  it('gives names of unknown expectation nothing, and the others what they would get without them', () => {
    const known = plain.weights(equallyRelated([0.3, 0.4], 0.2, { expected: [0.1, 0.08], slots: 3 }));
    const weights = plain.weights(equallyRelated([0.3, 0.4, 0.2], 0.2, { expected: [0.1, 0.08, Number.NaN], slots: 3 }));
    expect([...weights]).toEqual([...known, 0]);
    expect(plain.weights(equallyRelated([0.3, 0.4], 0.2, { expected: [Number.NaN, Number.NaN] }))).toEqual(new Float64Array(2));
  });
});

describe('shrunk expectations', () => {
  const covariance = Float64Array.of(0.04, 0, 0, 0.04);

  it('meet in the middle: all of the way without history, the less the longer it is', () => {
    requireWeights(shrunkExpectations(Float64Array.of(0.3, 0.1), covariance, 0).expected, [0.2, 0.2]);
    // (μ − μ₀)'Σ⁻¹(μ − μ₀) = 2 × 0.1² ÷ 0.04 = 0.5, so φ = 4 ÷ (4 + 8 × 0.5)
    const { expected, intensity } = shrunkExpectations(Float64Array.of(0.3, 0.1), covariance, 8);
    expect(intensity).toBeCloseTo(0.5, 14);
    requireWeights(expected, [0.25, 0.15]);
  });

  it('reads a singular covariance as that of unrelated names', () => {
    const singular = Float64Array.of(0.04, 0.04, 0.04, 0.04);
    expect(shrunkExpectations(Float64Array.of(0.3, 0.1), singular, 8)).toEqual(shrunkExpectations(Float64Array.of(0.3, 0.1), covariance, 8));
  });
});

describe('hierarchical shares', () => {
  it('are those of inverse variance for two names', () => {
    requireWeights(hierarchicalShares(Float64Array.of(0.04, 0.01, 0.01, 0.09), 2), [0.09 / 0.13, 0.04 / 0.13]);
  });

  it('give twins together what their group gets', () => {
    // names 0 and 2 are nearly the same: name 1 gets half, as all have one variance and the twins' group has about the same
    const shares = hierarchicalShares(Float64Array.of(1, 0, 0.999999, 0, 1, 0, 0.999999, 0, 1), 3);
    expect(shares[1]).toBeCloseTo(0.5, 6);
    expect(shares[0]).toBeCloseTo(0.25, 6);
  });

  it('sum to 1', () => {
    for (const names of [1, 2, 7, 60]) {
      const { covariance } = sizingInput({ seed: 102, names });
      expect(hierarchicalShares(covariance, names).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 13);
    }
  });
});
