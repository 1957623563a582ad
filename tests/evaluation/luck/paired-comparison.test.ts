import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { pairedComparison } from '../../../src/evaluation/luck/paired-comparison.js';
import { annualVolatility } from '../../../src/evaluation/performance/annual-volatility.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { mean } from '../../../src/math/stats.js';
import { autoregression } from './autoregression.js';

const [SESSIONS, SEEDS] = [250, 160];

/** Two books of the same market, which remembers; the first has `edge` more a session. Each varies 1 % a session and has the correlation `common` with the market. */
function pair(seed: number, { edge = 0, common = 0.9, memory = 0.2 } = {}): [Float64Array, Float64Array] {
  const rng = createRng(seed);
  const [market, first, second] = [0, 0, 0].map(() => autoregression(SESSIONS, memory, { rng }));
  const own = Math.sqrt(1 - common * common);
  return [first.map((value, t) => 0.0004 + edge + 0.01 * (common * market[t] + own * value)), second.map((value, t) => 0.0004 + 0.01 * (common * market[t] + own * value))];
}

describe('the paired comparison', { timeout: 60_000 }, () => {
  it('finds nothing between equals more often than promised: both p-values are below 5 % in about one of 20', () => {
    const found = Array.from({ length: SEEDS }, (_, seed) => pairedComparison(...pair(seed), { rng: createRng(1000 + seed), replicates: 99 }));
    for (const p of [found.map(({ sharpe }) => sharpe.pValue!), found.map(({ mean }) => mean.pValue!)]) {
      // a share of 0.05 among 160 seeds has standard deviation 0.017, a mean of uniform numbers one of 0.023
      expect(p.filter((value) => value <= 0.05).length / SEEDS).toBeLessThan(0.11);
      expect(Math.abs(mean(p) - 0.5)).toBeLessThan(0.09);
    }
    // p is at most 5 % just where the interval leaves 0 out, but for the step of 1 / 100
    for (const { sharpe: { interval, pValue } } of found) {
      if (pValue! < 0.04) expect(interval![0] * interval![1]).toBeGreaterThan(0);
      if (pValue! > 0.06) expect(interval![0] * interval![1]).toBeLessThanOrEqual(0);
    }
  });

  it('finds a small edge of a book that shares nearly all with the other, as unpaired errors would not', () => {
    const found = Array.from({ length: 40 }, (_, seed) => pairedComparison(...pair(2000 + seed, { edge: 0.0004, common: 0.99, memory: 0 }), { rng: createRng(seed), replicates: 99 }));
    // the difference varies 0.2 % a session: t = 0.0004 √250 / 0.002 = 3.2; unpaired it is 0.45
    expect(found.filter(({ mean }) => mean.pValue! <= 0.05).length / 40).toBeGreaterThan(0.7);
    expect(found.filter(({ sharpe }) => sharpe.pValue! <= 0.05).length / 40).toBeGreaterThan(0.7);
  });

  it('tells both figures in their own units', () => {
    const [a, b] = pair(7, { edge: 0.001 });
    const found = pairedComparison(a, b, { rng: createRng(1), riskFree: 0.0001, replicates: 200 });
    expect(found.sessions).toBe(SESSIONS);
    expect(found.sharpe.a).toBeCloseTo(sharpeRatio(a, { riskFree: 0.0001 })!, 12);
    expect(found.sharpe.b).toBeCloseTo(sharpeRatio(b, { riskFree: 0.0001 })!, 12);
    expect(found.sharpe.difference).toBeCloseTo(found.sharpe.a! - found.sharpe.b!, 12);
    expect(found.mean.difference).toBeCloseTo(252 * (mean(a) - mean(b)), 12);
    expect(found.correlation).toBeGreaterThan(0.6);
    for (const { difference, interval } of [found.sharpe, found.mean]) expect((interval![0] + interval![1]) / 2).toBeCloseTo(difference!, 10);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('turns around with its books, and with the same seed says the same', () => {
    const [a, b] = pair(8);
    const compare = (first: Float64Array, second: Float64Array) => pairedComparison(first, second, { rng: createRng(2), replicates: 100 });
    const [there, back] = [compare(a, b), compare(b, a)];
    expect(back.sharpe.difference).toBe(-there.sharpe.difference!);
    expect(back.sharpe.pValue).toBe(there.sharpe.pValue);
    expect(back.sharpe.interval![0]).toBeCloseTo(-there.sharpe.interval![1], 10);
    expect(back.mean.pValue).toBe(there.mean.pValue);
    expect(compare(a, b)).toEqual(there);
  });

  it('knows that more of the same is no better by its Sharpe ratio', () => {
    const [a] = pair(9, { edge: 0.001 });
    const found = pairedComparison(a.map((value) => 2 * value), a, { rng: createRng(3), replicates: 100 });
    expect(annualVolatility(a)).toBeGreaterThan(0);
    expect(found.sharpe).toMatchObject({ interval: null, pValue: null, block: null });
    expect(found.sharpe.difference).toBeCloseTo(0, 10);
    expect(found.mean.interval).not.toBeNull();
  });

  it('says nothing where there is nothing to say', () => {
    const [a] = pair(10);
    const none = { interval: null, pValue: null, block: null };
    const compare = (first: ArrayLike<number>, second: ArrayLike<number>) => pairedComparison(first, second, { rng: createRng(4), replicates: 50 });
    expect(compare(a, a)).toMatchObject({ sharpe: { ...none, difference: 0 }, mean: { ...none, difference: 0 } });
    expect(compare([], [])).toEqual({ sessions: 0, correlation: null, sharpe: { a: null, b: null, difference: null, ...none }, mean: { a: null, b: null, difference: null, ...none } });
    expect(compare(a, new Float64Array(SESSIONS))).toMatchObject({ correlation: null, sharpe: { b: null, difference: null, ...none }, mean: { b: 0 } });
    expect(compare(a, new Float64Array(SESSIONS)).mean.pValue).not.toBeNull();
    expect(compare(a.slice(0, 19), a.slice(1, 20))).toMatchObject({ sharpe: none, mean: none });
    expect(() => compare(a, a.slice(1))).toThrow('expected a return for each of 250 sessions, found 249 in pairedComparison');
  });
});
