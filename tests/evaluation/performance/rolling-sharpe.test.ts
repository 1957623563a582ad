import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollingSharpe } from '../../../src/evaluation/performance/rolling-sharpe.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { drawReturns, returnsArbitrary } from './draws.js';

describe('the rolling Sharpe ratio', () => {
  it('is that of each window, which a longer history does not change', () => {
    fc.assert(
      fc.property(returnsArbitrary, fc.integer({ min: 2, max: 12 }), (returns, window) => {
        const found = rollingSharpe(returns, { window, riskFree: 0.001, sessionsPerYear: 50 });
        expect(found).toHaveLength(returns.length);
        found.forEach((value, t) => {
          const own = t < window - 1 ? null : sharpeRatio(returns.slice(t - window + 1, t + 1), { riskFree: 0.001, sessionsPerYear: 50 });
          if (own === null || Math.abs(own) > 1e10) return expect(Number.isNaN(value) || Math.abs(value) > 1e10).toBe(true);
          expect(Math.abs(value - own)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(own)));
        });
        const cut = Math.floor(returns.length / 2);
        expect(rollingSharpe(returns.slice(0, cut), { window, riskFree: 0.001, sessionsPerYear: 50 })).toEqual(found.slice(0, cut));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('looks back on half a year, on rates by session, and is missing where returns do not vary', () => {
    const returns = drawReturns(1, 130);
    const found = rollingSharpe(returns);
    expect(found.findIndex((value) => !Number.isNaN(value))).toBe(125);
    expect([...rollingSharpe(returns, { riskFree: new Float64Array(130).fill(0.0001) })]).toEqual([...rollingSharpe(returns, { riskFree: 0.0001 })]);
    expect([...rollingSharpe([0.1, 0.1, 0.1, 0.2], { window: 2 })].map(Number.isNaN)).toEqual([true, true, true, false]);
    expect([...rollingSharpe([])]).toEqual([]);
  });

  it.each([1, 2.5, Number.NaN])('refuses a window of %d', (window) => {
    expect(() => rollingSharpe([0.1, 0.2], { window })).toThrow(`expected a window of at least 2 sessions, a whole number, found ${window} in rollingSharpe`);
  });
});
