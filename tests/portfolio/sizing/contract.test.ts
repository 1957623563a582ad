import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { sizingConfig } from '../../../src/portfolio/sizing/config.js';
import { SIZINGS, type SizingMethod, type SizingSettings } from '../../../src/portfolio/sizing/registry.js';
import type { Sizing, SizingInput } from '../../../src/portfolio/sizing/sizing.js';
import { portfolioVolatility } from '../../../src/portfolio/sizing/within-volatility.js';
import { largestDifference } from './reference.js';
import { chosen, sizingInput } from './sizing-input.js';

const METHODS = Object.keys(SIZINGS) as SizingMethod[];
const settings: SizingSettings = sizingConfig.parse({});
/** For these the volatility of what they give is limited. */
const LIMITED: readonly SizingMethod[] = ['inverse-volatility', 'minimum-variance', 'hierarchical-risk-parity', 'mean-variance'];

const ROUNDING = 1e-12;

const shape = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  names: fc.integer({ min: 1, max: 24 }),
  budget: fc.constantFrom(0.01, 0.3, 0.95),
  maxWeight: fc.constantFrom(0.02, 0.08, 1),
  targetVolatility: fc.constantFrom(0.05, 0.15, 2),
  slots: fc.constantFrom(1, 10, 20),
  factors: fc.constantFrom(1, 3),
  ownRisk: fc.boolean(),
});

const gross = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);

function requireBounds(weights: Float64Array, { symbols, budget, maxWeight }: SizingInput): void {
  expect(weights).toHaveLength(symbols.length);
  for (const weight of weights) {
    expect(weight).toBeGreaterThanOrEqual(0);
    expect(weight).toBeLessThanOrEqual(maxWeight);
  }
  expect(gross(weights)).toBeLessThanOrEqual(budget + ROUNDING);
}

describe.each(METHODS)('sizing %s', (method) => {
  const sizing: Sizing = SIZINGS[method](settings);

  it('is described', () => {
    expect(sizing.name).toBe(method);
    expect(sizing.describe.length).toBeGreaterThan(30);
    expect(sizing.source).toMatch(/\(\d{4}\)/);
  });

  it('keeps to the largest weight and the budget, with singular covariances too', () => {
    fc.assert(fc.property(shape, (one) => {
      const input = sizingInput(one);
      requireBounds(sizing.weights(input), input);
    }), { seed: 81, numRuns: 150 });
  });

  it('gives a name its weight wherever it stands', () => {
    fc.assert(fc.property(shape, (one) => {
      const input = sizingInput({ ...one, ownRisk: true });
      const order = createRng(one.seed).shuffle(input.symbols.map((_, i) => i));
      const weights = sizing.weights(input);
      expect(largestDifference(sizing.weights(chosen(input, order)), order.map((i) => weights[i]))).toBeLessThan(1e-9);
    }), { seed: 82, numRuns: 100 });
  });

  it('does not depend on the scale of returns when what is aimed at has the same', () => {
    fc.assert(fc.property(shape, fc.constantFrom(0.01, 0.5, 7), (one, scale) => {
      const input = sizingInput({ ...one, ownRisk: true });
      const scaled = { ...input, volatility: Array.from(input.volatility, (value) => scale * value), covariance: input.covariance.map((value) => scale ** 2 * value), expected: Array.from(input.expected, (value) => scale * value), targetVolatility: scale * input.targetVolatility };
      const other = SIZINGS[method]({ ...settings, riskAversion: settings.riskAversion / scale });
      expect(largestDifference(other.weights(scaled), sizing.weights(input))).toBeLessThan(1e-9);
    }), { seed: 83, numRuns: 100 });
  });

  it('gives the same for the same, and leaves its input as it was', () => {
    const input = sizingInput({ seed: 84, names: 15 });
    const before = structuredClone(input);
    expect(sizing.weights(input)).toEqual(sizing.weights(before));
    expect(input).toEqual(before);
  });

  it('gives a single name what its volatility allows, never the budget', () => {
    const input = { ...sizingInput({ seed: 85, names: 1, maxWeight: 1 }), expected: [0.4] };
    const [weight] = sizing.weights(input);
    expect(weight).toBeCloseTo(method === 'equal-weight' ? 1 / 20 : 0.15 / input.volatility[0] / 20, 12);
  });

  it('gives nothing without names, budget, or a volatility', () => {
    expect(sizing.weights({ ...chosen(sizingInput({ seed: 86, names: 1 }), []), budget: 0 })).toHaveLength(0);
    expect(sizing.weights(sizingInput({ seed: 86, names: 5, budget: 0 }))).toEqual(new Float64Array(5));
    expect(sizing.weights({ ...sizingInput({ seed: 86, names: 2 }), volatility: [Number.NaN, 0] })).toEqual(new Float64Array(2));
  });

  it('treats the others as if a name without a volatility were not there', () => {
    const input = sizingInput({ seed: 87, names: 9 });
    const weights = sizing.weights({ ...input, volatility: Array.from(input.volatility, (value, i) => (i === 4 ? Number.NaN : value)) });
    const others = [0, 1, 2, 3, 5, 6, 7, 8];
    expect(weights[4]).toBe(0);
    expect(largestDifference(others.map((i) => weights[i]), sizing.weights(chosen(input, others)))).toBeLessThan(1e-14);
  });

  it('uses what it is given', () => {
    const full = sizing.weights(sizingInput({ seed: 88, names: 20 }));
    expect(gross(full)).toBeGreaterThan(0.3);
    const tight = sizingInput({ seed: 88, names: 20, budget: 0.25 });
    expect(gross(sizing.weights(tight))).toBeCloseTo(0.25, 12);
  });

  it('sizes 200 names', () => {
    const input = sizingInput({ seed: 89, names: 200, slots: 200, factors: 8 });
    const weights = sizing.weights(input);
    requireBounds(weights, input);
    expect(gross(weights)).toBeGreaterThan(0.3);
  });

  it('refuses arrays that do not belong together', () => {
    const input = sizingInput({ seed: 90, names: 3 });
    const refused = `in the sizing ${method}`;
    expect(() => sizing.weights({ ...input, volatility: [0.2] })).toThrow(`expected volatility and expected return of 3 names and their covariances, found 1, 3 and 9 ${refused}`);
    expect(() => sizing.weights({ ...input, expected: [0.2] })).toThrow(refused);
    expect(() => sizing.weights({ ...input, covariance: new Float64Array(4) })).toThrow(refused);
    expect(() => sizing.weights({ ...input, symbols: ['A', 'B', 'A'] })).toThrow(`expected each name once, found A, B, A ${refused}`);
    expect(() => sizing.weights({ ...input, budget: -0.1 })).toThrow(`expected a budget ≥ 0, found -0.1 ${refused}`);
    expect(() => sizing.weights({ ...input, slots: 0 })).toThrow(`expected slots > 0, found 0 ${refused}`);
    expect(() => sizing.weights({ ...input, maxWeight: Number.NaN })).toThrow(`expected maxWeight > 0, found NaN ${refused}`);
  });

  it('reads covariances only when it says so', () => {
    const input = sizingInput({ seed: 91, names: 3 });
    const without = { ...input, covariance: new Float64Array(0) };
    if (sizing.needsCovariance) expect(() => sizing.weights(without)).toThrow('found 3, 3 and 0');
    else expect(sizing.weights(without)).toEqual(sizing.weights(input));
  });
});

describe.each(LIMITED)('the book of %s', (method) => {
  const sizing = SIZINGS[method](settings);

  it('is no more volatile than its part of the target', () => {
    fc.assert(fc.property(shape, (one) => {
      const input = sizingInput(one);
      expect(portfolioVolatility(sizing.weights(input), input.covariance)).toBeLessThanOrEqual(input.targetVolatility * Math.min(1, one.names / one.slots) * (1 + ROUNDING));
    }), { seed: 92, numRuns: 150 });
  });

  it('is as volatile as that where nothing else limits it', () => {
    const input = { ...sizingInput({ seed: 93, names: 6, maxWeight: 1, budget: 5 }), expected: new Float64Array(6).fill(2) };
    expect(portfolioVolatility(sizing.weights(input), input.covariance)).toBeCloseTo((0.15 * 6) / 20, 12);
  });

  it('leaves out a name without a variance, and refuses covariances that cannot be', () => {
    const input = sizingInput({ seed: 94, names: 3 });
    const gap = input.covariance.map((value, at) => (at % 3 === 1 || Math.floor(at / 3) === 1 ? Number.NaN : value));
    const weights = sizing.weights({ ...input, covariance: gap });
    expect([weights[0], weights[2]]).toEqual([...sizing.weights(chosen(input, [0, 2]))]);
    expect(weights[1]).toBe(0);
    const changed = (at: number, value: number): SizingInput => ({ ...input, covariance: input.covariance.map((one, k) => (k === at ? value : one)) });
    for (const [at, value] of [[1, Number.NaN], [1, 0.5 * input.covariance[1]], [5, 9]]) expect(() => sizing.weights(changed(at, value))).toThrow('expected a symmetric, positive semidefinite covariance');
  });
});

describe('the settings', () => {
  it('offer every method, the one from before first', () => {
    for (const method of METHODS) expect(sizingConfig.parse({ method }).method).toBe(method);
    expect(sizingConfig.safeParse({ method: 'other' }).success).toBe(false);
    expect(sizingConfig.parse({})).toEqual({ method: 'volatility-target', sessions: 126, riskAversion: 5, expectationYears: 1 });
  });
});
