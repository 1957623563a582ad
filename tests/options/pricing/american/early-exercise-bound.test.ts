import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { americanPrice } from '../../../../src/options/pricing/american/american-price.js';
import { earlyExerciseBound, earlyExerciseMatters } from '../../../../src/options/pricing/american/early-exercise-bound.js';
import { latticePrice } from '../../../../src/options/pricing/american/lattice-price.js';
import { blackScholesPrice } from '../../../../src/options/pricing/black-scholes.js';
import { randomOption } from './random-option.js';

const put = { spot: 100, strike: 100, years: 0.25, rate: 0.05, dividendYield: 0, volatility: 0.3, isCall: false };

describe('the bound of what early exercise is worth', () => {
  it('is no less than it is worth', () => {
    fc.assert(
      fc.property(randomOption, (option) => {
        expect(americanPrice(option) - blackScholesPrice(option)).toBeLessThanOrEqual(earlyExerciseBound(option) + 1e-6 * option.spot);
      }),
      { seed: 8, numRuns: 1500 },
    );
  });

  it('holds on a lattice, between two boundaries as well', () => {
    for (const [rate, dividendYield] of [[0.05, 0], [0.05, 0.08], [-0.01, -0.05], [0, -0.04]] as const) {
      for (const strike of [70, 90, 100, 110, 150]) {
        for (const isCall of [true, false]) {
          const option = { ...put, strike, isCall, rate, dividendYield, years: 1 };
          const premium = latticePrice({ ...option, exercise: 'american' }) - latticePrice({ ...option, exercise: 'european' });
          expect(premium).toBeLessThanOrEqual(earlyExerciseBound(option) + 1e-9);
          if (!earlyExerciseMatters(option, 1e-4)) expect(premium).toBeLessThanOrEqual(1e-4 * option.spot);
        }
      }
    }
  });

  it('lets pass what need not be priced as American', () => {
    expect(earlyExerciseBound({ ...put, isCall: true })).toBe(0);
    expect(earlyExerciseMatters({ ...put, rate: 0 })).toBe(false);
    expect(earlyExerciseMatters({ ...put, strike: 80, years: 14 / 365 })).toBe(false);
    expect(earlyExerciseMatters({ ...put, years: 0 })).toBe(false);
    expect(earlyExerciseMatters(put)).toBe(true);
    expect(earlyExerciseMatters({ ...put, isCall: true, dividendYield: 0.06 })).toBe(true);
    expect(earlyExerciseMatters({ ...put, volatility: Number.NaN })).toBe(true);
  });

  it('is a few times the premium at the money', () => {
    const premium = americanPrice(put) - blackScholesPrice(put);
    expect(earlyExerciseBound(put) / premium).toBeLessThan(8);
  });
});
