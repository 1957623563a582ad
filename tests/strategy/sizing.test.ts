import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cappedWeights } from '../../src/strategy/top-ranked/sizing.js';

const settings = { targetVolatility: 0.15, top: 10, maxWeight: 0.08, maxGross: 0.95 };
const weightsOf = (volatilities: readonly number[], changes: Partial<typeof settings> = {}): number[] =>
  [...cappedWeights(volatilities.map((volatility, i) => ({ symbol: `S${i}`, volatility })), { ...settings, ...changes }).values()];

describe('cappedWeights', () => {
  it('sizes each name to the same volatility', () => {
    expect(weightsOf([0.3, 0.6])).toEqual([0.05, 0.025]);
  });

  it('stops at the largest weight', () => {
    expect(weightsOf([0.01])).toEqual([0.08]);
  });

  it('scales all down together where the sum is too large', () => {
    const [calm, wild] = weightsOf([0.3, 0.6], { maxGross: 0.03 });
    expect(calm + wild).toBeCloseTo(0.03, 12);
    expect(calm / wild).toBeCloseTo(2, 12);
  });

  it('gives nothing to a name without a volatility', () => {
    expect(weightsOf([Number.NaN, 0, -1, 0.3])).toEqual([0, 0, 0, 0.05]);
  });

  it('gives nothing to nobody', () => {
    expect(weightsOf([])).toEqual([]);
  });

  it('keeps every weight and their sum within bounds', () => {
    const volatility = fc.oneof(fc.double({ min: 1e-4, max: 5, noNaN: true }), fc.constant(Number.NaN), fc.constant(0));
    fc.assert(
      fc.property(fc.array(volatility, { maxLength: 60 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), (volatilities, maxGross, top) => {
        const weights = weightsOf(volatilities, { maxGross, top });
        for (const weight of weights) expect(weight >= 0 && weight <= settings.maxWeight + 1e-15).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(maxGross + 1e-12);
      }),
    );
  });
});
