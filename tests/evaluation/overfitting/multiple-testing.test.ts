import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { haircutSharpe } from '../../../src/evaluation/overfitting/haircut-sharpe.js';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from '../../../src/evaluation/overfitting/multiple-testing.js';
import { normalCumulative } from '../../../src/math/normal.js';

const adjustments = { bonferroni, holm, benjaminiHochberg, benjaminiYekutieli };
const pValues = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.5, 1)), { minLength: 1, maxLength: 25 });

/** Tests found at a level by each author's steps, one by one. */
const steps: Readonly<Record<keyof typeof adjustments, (sorted: readonly number[], level: number) => number>> = {
  bonferroni: (sorted, level) => sorted.filter((p) => p <= level / sorted.length).length,
  holm: (sorted, level) => {
    const stop = sorted.findIndex((p, i) => p > level / (sorted.length - i));
    return stop < 0 ? sorted.length : stop;
  },
  benjaminiHochberg: (sorted, level) => sorted.findLastIndex((p, i) => p <= ((i + 1) * level) / sorted.length) + 1,
  benjaminiYekutieli: (sorted, level) => sorted.findLastIndex((p, i) => p <= ((i + 1) * level) / sorted.length / sorted.reduce((sum, _, k) => sum + 1 / (k + 1), 0)) + 1,
};

describe.each(Object.entries(adjustments))('%s', (name, adjust) => {
  it('finds what its steps find', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 0.011, max: 0.4, noNaN: true }), (values, level) => {
        const found = adjust(values).filter((p) => p <= level).length;
        expect(found).toBe(steps[name as keyof typeof adjustments]([...values].sort((a, b) => a - b), level));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('raises, stays in [0, 1], keeps order and ties, moves with its tests, and leaves a single one', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const adjusted = adjust(values);
        const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
        values.forEach((p, i) => expect(adjusted[i] >= Math.min(1, p * (1 - 1e-15)) && adjusted[i] <= 1).toBe(true));
        order.slice(1).forEach((i, k) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(adjusted[order[k]]);
          if (values[i] === values[order[k]]) expect(adjusted[i]).toBe(adjusted[order[k]]);
        });
        expect([...adjust([...values].reverse())]).toEqual([...adjusted].reverse());
        expect(adjust([values[0]])[0]).toBe(values[0]);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('refuses what is no p-value, and adjusts nothing to nothing', () => {
    expect(() => adjust([0.1, 1.1])).toThrow('expected p-values from 0 to 1, found 1.1 at test 1');
    expect(() => adjust([Number.NaN])).toThrow('found NaN at test 0');
    expect(adjust([])).toHaveLength(0);
  });
});

describe('the adjustments together', () => {
  it('give what is worked out by hand', () => {
    const p = [0.01, 0.04, 0.03, 0.005];
    const expectAll = (found: Float64Array, expected: readonly number[]): void => expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 14));
    expectAll(bonferroni(p), [0.04, 0.16, 0.12, 0.02]);
    expectAll(holm(p), [0.03, 0.06, 0.06, 0.02]);
    expectAll(benjaminiHochberg(p), [0.02, 0.04, 0.04, 0.02]);
    expectAll(benjaminiYekutieli(p), [0.02, 0.04, 0.04, 0.02].map((value) => (value * 25) / 12));
  });

  it('are ordered from strict to lenient', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const [strict, stepped, rate, anyRate] = [bonferroni(values), holm(values), benjaminiHochberg(values), benjaminiYekutieli(values)];
        values.forEach((_, i) => {
          expect(stepped[i]).toBeLessThanOrEqual(strict[i]);
          expect(rate[i]).toBeLessThanOrEqual(stepped[i] + 1e-15);
          expect(rate[i]).toBeLessThanOrEqual(anyRate[i]);
        });
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('haircut Sharpe ratios', () => {
  it('are the observed for a single trial, and lower for more, by all three', () => {
    const [alone] = haircutSharpe([0.15], 400);
    expect(alone.pValue).toBeCloseTo(2 * normalCumulative(-3), 14);
    for (const name of ['bonferroni', 'holm', 'benjaminiYekutieli'] as const) {
      expect(alone[name].sharpe).toBeCloseTo(0.15, 12);
      const cut = [10, 100].map((count) => haircutSharpe([0.15, ...Array.from({ length: count - 1 }, () => 0.01)], 400)[0][name]);
      expect(cut[0].haircut).toBeGreaterThan(0);
      expect(cut[1].haircut).toBeGreaterThan(cut[0].haircut!);
      expect(cut[1].sharpe).toBeLessThan(cut[0].sharpe);
    }
  });

  it('have in a single test the adjusted p-value', () => {
    const { bonferroni: cut } = haircutSharpe([0.2, 0.05, -0.03], 400)[0];
    expect(cut.pValue).toBeCloseTo(6 * normalCumulative(-4), 14);
    expect(2 * normalCumulative(-cut.sharpe * 20)).toBeCloseTo(cut.pValue, 14);
    expect(cut.haircut).toBeCloseTo(1 - cut.sharpe / 0.2, 14);
  });

  it('keep sign and order, cut between nothing and all, and never grow', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 2, max: 3000 }), (sharpes, sessions) => {
        haircutSharpe(sharpes, sessions).forEach((found, trial) => {
          for (const { sharpe, haircut, pValue } of [found.bonferroni, found.holm, found.benjaminiYekutieli]) {
            expect(sharpe * sharpes[trial]).toBeGreaterThanOrEqual(0);
            expect(Math.abs(sharpe)).toBeLessThanOrEqual(Math.abs(sharpes[trial]));
            expect(pValue).toBeGreaterThanOrEqual(found.pValue);
            if (sharpes[trial] === 0) expect(haircut).toBeNull();
            else expect(haircut! >= 0 && haircut! <= 1).toBe(true);
          }
        });
      }),
      { seed: 4, numRuns: 100 },
    );
    expect(() => haircutSharpe([0.1], 1)).toThrow('expected at least 2 sessions, found 1');
    expect(() => haircutSharpe([Number.NaN], 10)).toThrow('found NaN of trial 0');
  });
});
