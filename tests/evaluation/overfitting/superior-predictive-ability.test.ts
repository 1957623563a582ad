import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { drawBlocks, type BlockDraws } from '../../../src/evaluation/block-bootstrap.js';
import { longRunVariance } from '../../../src/evaluation/overfitting/bootstrap-comparison.js';
import { realityCheck, superiorPredictiveAbility, type SuperiorPredictiveAbility } from '../../../src/evaluation/overfitting/superior-predictive-ability.js';
import { mean } from '../../../src/math/stats.js';
import { noise } from './noise.js';

/** Sessions of every series drawn, one by one. */
function sessionsOf({ count, starts, lengths, ends }: BlockDraws): number[][] {
  return Array.from(ends, (end, b) => {
    const own = Array.from({ length: end - (b === 0 ? 0 : ends[b - 1]) }, (_, k) => (b === 0 ? 0 : ends[b - 1]) + k);
    return own.flatMap((block) => Array.from({ length: lengths[block] }, (_, i) => (starts[block] + i) % count));
  });
}

/** Hansen's test by its definition. */
function directly(returns: readonly Float64Array[], { draws, block }: { draws: BlockDraws; block: number }): SuperiorPredictiveAbility {
  const n = returns[0].length;
  const means = returns.map(mean);
  const omegas = returns.map((series) => Math.sqrt(longRunVariance(series, block)));
  const threshold = (k: number): number => -omegas[k] * Math.sqrt((2 * Math.log(Math.log(n))) / n);
  const recentre = { lower: (k: number) => Math.max(0, means[k]), consistent: (k: number) => (means[k] >= threshold(k) ? means[k] : 0), upper: (k: number) => means[k] };
  const rows = sessionsOf(draws);
  const test = (least: number, scale: (k: number) => number): SuperiorPredictiveAbility['raw'] => {
    const statistic = Math.max(least, ...means.map((value, k) => value * scale(k)));
    const p = (centre: (k: number) => number): number => rows.filter((row) => Math.max(least, ...returns.map((series, k) => (mean(row.map((t) => series[t])) - centre(k)) * scale(k))) > statistic).length / rows.length;
    return { statistic, pValues: { lower: p(recentre.lower), consistent: p(recentre.consistent), upper: p(recentre.upper) } };
  };
  return { raw: test(-Infinity, () => 1), studentised: test(0, (k) => Math.sqrt(n) / omegas[k]) };
}

describe('superior predictive ability', () => {
  it('is what its definition says, also where some trials lose by more than chance', () => {
    const rng = createRng(1);
    const returns = noise(6, 60, { rng, drift: (trial) => [0.001, -0.006, 0, 0.002, -0.02, -0.001][trial] });
    const draws = drawBlocks(60, { block: 4, replicates: 300, method: 'stationary', rng });
    const [found, expected] = [superiorPredictiveAbility(returns, { block: 4, rng, draws }), directly(returns, { draws, block: 4 })];
    expect(found.raw.pValues).toEqual(expected.raw.pValues);
    expect(found.studentised.pValues).toEqual(expected.studentised.pValues);
    expect(found.studentised.statistic).toBeCloseTo(expected.studentised.statistic, 12);
    expect(found.raw.statistic).toBeCloseTo(expected.raw.statistic, 14);
    // here the three differ, so that none stands for another
    expect(found.studentised.pValues.consistent).toBeLessThan(found.studentised.pValues.upper);
    expect(found.studentised.pValues.lower).toBeLessThan(found.studentised.pValues.consistent);
  });

  it('has p-values in [0, 1], lower ≤ consistent ≤ upper, the same for trials in any order and for differences from a benchmark', () => {
    fc.assert(
      fc.property(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 12, max: 50 }), fc.integer({ min: 1, max: 6 }), fc.integer()), ([trials, sessions, block, seed]) => {
        const rng = createRng(seed);
        const returns = noise(trials, sessions, { rng, drift: (trial) => 0.003 * (trial - 3) });
        const options = { block, rng, draws: drawBlocks(sessions, { block, replicates: 50, rng }) };
        const found = superiorPredictiveAbility(returns, options);
        for (const { pValues } of [found.raw, found.studentised]) {
          expect(pValues.lower).toBeGreaterThanOrEqual(0);
          expect(pValues.consistent).toBeGreaterThanOrEqual(pValues.lower);
          expect(pValues.upper).toBeGreaterThanOrEqual(pValues.consistent);
          expect(pValues.upper).toBeLessThanOrEqual(1);
        }
        expect(superiorPredictiveAbility(rng.shuffle(returns), options)).toEqual(found);
        const benchmark = Float64Array.from({ length: sessions }, () => rng.normal());
        const moved = superiorPredictiveAbility(returns.map((series) => series.map((value, t) => value + benchmark[t])), { ...options, benchmark });
        expect(moved.studentised.statistic).toBeCloseTo(found.studentised.statistic, 9);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('is not surer for every further trial that knows nothing', () => {
    const rng = createRng(3);
    const returns = noise(40, 120, { rng, drift: (trial) => (trial === 0 ? 0.003 : 0) });
    const options = { block: 3, rng, draws: drawBlocks(120, { block: 3, replicates: 400, method: 'stationary', rng }) };
    const p = [1, 5, 40].map((count) => superiorPredictiveAbility(returns.slice(0, count), options).studentised);
    expect(p.map(({ statistic }) => statistic)).toEqual([p[0].statistic, p[0].statistic, p[0].statistic]);
    expect(p[1].pValues.upper).toBeGreaterThan(p[0].pValues.upper);
    expect(p[2].pValues.upper).toBeGreaterThan(p[1].pValues.upper);
  });

  it('says nothing for trials that all lose, and leaves those out that equal the benchmark', () => {
    const rng = createRng(4);
    const benchmark = noise(1, 50, { rng })[0];
    const losing = benchmark.map((value) => value - 0.01 + 0.001 * rng.normal());
    const options = { block: 2, rng, benchmark, replicates: 100 };
    expect(superiorPredictiveAbility([losing], options).studentised).toEqual({ statistic: 0, pValues: { lower: 1, consistent: 1, upper: 1 } });
    expect(superiorPredictiveAbility([benchmark], options)).toMatchObject({ studentised: { statistic: 0, pValues: { upper: 1 } }, raw: { statistic: 0 } });
    expect(superiorPredictiveAbility([losing.map((value, t) => 2 * benchmark[t] - value)], options).studentised.pValues).toEqual({ lower: 0, consistent: 0, upper: 0 });
  });

  it('gives the same for the same seed, draws stationary blocks, and holds the reality check', () => {
    const returns = noise(4, 60, { rng: createRng(5) });
    const test = (method?: 'circular' | 'stationary') => superiorPredictiveAbility(returns, { block: 5, rng: createRng(6), replicates: 500, ...(method && { method }) });
    expect(test()).toEqual(test('stationary'));
    expect(test('circular')).not.toEqual(test());
    expect(realityCheck(returns, { block: 5, rng: createRng(6), replicates: 500 })).toEqual({ statistic: test().raw.statistic, pValue: test().raw.pValues.upper });
  });

  it('refuses what it cannot compare', () => {
    const [returns, rng] = [noise(2, 20, { rng: createRng(7) }), createRng(8)];
    expect(() => superiorPredictiveAbility(returns, { block: 21, rng })).toThrow('expected blocks of 1 to 20 sessions, found 21 in superiorPredictiveAbility');
    expect(() => superiorPredictiveAbility(returns, { block: 2, rng, benchmark: [0] })).toThrow('expected 20 returns of the benchmark, found 1');
    expect(() => superiorPredictiveAbility(returns, { block: 2, rng, replicates: 0 })).toThrow('expected at least one series drawn, found none');
  });
});

describe('the long-run variance', () => {
  it('is the variance that stationary blocks give the mean', () => {
    const rng = createRng(9);
    let last = 0;
    const values = Float64Array.from({ length: 80 }, () => (last = 0.5 * last + rng.normal()));
    const rows = sessionsOf(drawBlocks(80, { block: 6, replicates: 8000, method: 'stationary', rng }));
    const means = rows.map((row) => mean(row.map((t) => values[t])));
    const variance = mean(means.map((value) => (value - mean(values)) ** 2));
    // a variance of 8,000 draws has a relative standard deviation of 1.6 %
    expect((80 * variance) / longRunVariance(values, 6)).toBeGreaterThan(0.94);
    expect((80 * variance) / longRunVariance(values, 6)).toBeLessThan(1.06);
  });

  it('is the plain variance for blocks of one session, and 0 of equal values', () => {
    expect(longRunVariance([1, 2, 4, 9], 1)).toBeCloseTo(9.5, 12);
    expect(longRunVariance(new Float64Array(10).fill(0.1), 3)).toBe(0);
  });
});
