import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { drawBlocks } from '../../src/evaluation/block-bootstrap.js';
import { differenceOf, meanStatistic, sharpeStatistic } from '../../src/evaluation/luck/sharpe-statistic.js';
import { probabilisticSharpeRatio } from '../../src/evaluation/overfitting/probabilistic-sharpe.js';
import { sharpeOf, sharpeSample } from '../../src/evaluation/overfitting/sharpe-sample.js';
import { studentisedBootstrap, type SmoothStatistic } from '../../src/evaluation/studentised-bootstrap.js';
import { normalQuantile } from '../../src/math/normal.js';
import { mean, quantile } from '../../src/math/stats.js';
import { autoregression } from './luck/autoregression.js';
import { reference, type StudentisedReference } from './luck/reference.js';

const seriesOf = (values: readonly number[]): Float64Array => Float64Array.from(values);

/** |drawn − estimate| / error by the definition of Ledoit and Wolf (2008), equations 8 and 9, from the sessions of each series drawn. */
function directly({ components, value, gradient }: SmoothStatistic, { block, replicates, seed }: { block: number; replicates: number; seed: number }): number[] {
  const sessions = components[0].length;
  const { starts, ends } = drawBlocks(sessions, { block, replicates, method: 'circular', rng: createRng(seed) });
  const count = Math.floor(sessions / block);
  const estimate = value(Float64Array.from(components, mean));
  const found = Array.from(ends, (_, b) => {
    const rows = Array.from(starts.subarray(b === 0 ? 0 : ends[b - 1], (b === 0 ? 0 : ends[b - 1]) + count), (start) => Array.from({ length: block }, (_, i) => (start + i) % sessions));
    const means = Float64Array.from(components, (series) => mean(rows.flat().map((t) => series[t])));
    const slopes = gradient(means);
    const zetas = rows.map((row) => components.map((series, k) => row.reduce((sum, t) => sum + series[t] - means[k], 0) / Math.sqrt(block)));
    const psi = (i: number, j: number): number => mean(zetas.map((zeta) => zeta[i] * zeta[j]));
    let variance = 0;
    for (let i = 0; i < components.length; i++) for (let j = 0; j < components.length; j++) variance += slopes[i] * slopes[j] * psi(i, j);
    return Math.abs(value(means) - estimate) / Math.sqrt(variance / (count * block));
  });
  return found.sort((x, y) => x - y);
}

describe('the studentised bootstrap', () => {
  const [a, b] = [0.1, 0].map((centre, at) => autoregression(61, 0.2, { rng: createRng(at), centre }));

  it.each([1, 4])('is what its definition says with blocks of %i sessions', (block) => {
    for (const statistic of [sharpeStatistic(a), differenceOf(sharpeStatistic(a), sharpeStatistic(b)), meanStatistic(a)]) {
      const found = studentisedBootstrap(statistic, { block, replicates: 100, rng: createRng(5) })!;
      const off = directly(statistic, { block, replicates: 100, seed: 5 });
      expect(found.interval[1] - found.estimate).toBeCloseTo(quantile(off, 0.95) * found.standardError, 10);
      expect(found.interval[0] + found.interval[1]).toBeCloseTo(2 * found.estimate, 12);
      expect(found.pValue).toBe((1 + off.filter((one) => one >= Math.abs(found.estimate) / found.standardError).length) / 101);
      const half = studentisedBootstrap(statistic, { block, replicates: 100, rng: createRng(5), level: 0.5 })!;
      expect(half.interval[1] - half.estimate).toBeCloseTo(quantile(off, 0.5) * found.standardError, 10);
    }
  });

  it.each(reference.cases.map((one, at) => [at, one] as const))("has numpy's standard errors, intervals and p-values in case %i", (at, { a: first, b: second, sharpe, sharpeDifference, meanDifference }) => {
    const [x, y] = [seriesOf(first), seriesOf(second)];
    const cases: [SmoothStatistic, StudentisedReference][] = [[sharpeStatistic(x), sharpe], [differenceOf(sharpeStatistic(x), sharpeStatistic(y)), sharpeDifference], [differenceOf(meanStatistic(x), meanStatistic(y)), meanDifference]];
    for (const [statistic, expected] of cases) {
      const found = studentisedBootstrap(statistic, { block: expected.block, replicates: 4000, rng: createRng(at) })!;
      expect(found.estimate).toBeCloseTo(expected.estimate, 12);
      expect(found.standardError / expected.standardError).toBeCloseTo(1, 9);
      // a share of one half among 4,000 has standard deviation 0.008, their 95 % quantile about 1.5 %
      expect(Math.abs(found.pValue - expected.pValue)).toBeLessThan(0.03);
      expect((found.interval[1] - found.interval[0]) / (expected.interval[1] - expected.interval[0])).toBeGreaterThan(0.95);
      expect((found.interval[1] - found.interval[0]) / (expected.interval[1] - expected.interval[0])).toBeLessThan(1.05);
    }
  });

  it('has slopes that are those of its value, which is the Sharpe ratio', () => {
    const statistic = differenceOf(sharpeStatistic(a), sharpeStatistic(b));
    const means = Float64Array.from(statistic.components, mean);
    expect(statistic.value(means)).toBeCloseTo(sharpeOf(a)! - sharpeOf(b)!, 12);
    const at = Float64Array.of(0.02, 1.1, -0.03, 0.9);
    statistic.gradient(at).forEach((slope, k) => {
      const [up, down] = [1e-5, -1e-5].map((step) => statistic.value(at.map((one, i) => one + (i === k ? step : 0))));
      expect(slope).toBeCloseTo((up - down) / 2e-5, 7);
    });
  });

  it('of independent returns is as wide as the moments say (Mertens, 2002)', () => {
    const returns = Float64Array.from({ length: 2000 }, () => 0).map(((rng) => () => 0.05 - Math.log(1 - rng.float()))(createRng(8)));
    const { interval } = studentisedBootstrap(sharpeStatistic(returns), { block: 1, replicates: 1000, rng: createRng(9) })!;
    const sample = sharpeSample(returns)!;
    // where the probabilistic ratio is 2.5 % and 97.5 %
    for (const [end, p] of [[interval[0], 0.975], [interval[1], 0.025]]) expect(Math.abs(normalQuantile(probabilisticSharpeRatio(sample, end)!) - normalQuantile(p))).toBeLessThan(0.25);
  });

  it('finds its blocks by itself: longer for what remembers, never above a fifth of the series', () => {
    const blockOf = (count: number, memory: number): number => studentisedBootstrap(meanStatistic(autoregression(count, memory, { rng: createRng(3) })), { replicates: 20, rng: createRng(4) })!.block;
    expect(blockOf(800, 0)).toBeLessThan(blockOf(800, 0.6));
    expect(blockOf(20, 0.9)).toBeLessThanOrEqual(4);
    expect(studentisedBootstrap(meanStatistic(a), { block: 40, replicates: 20, rng: createRng(4) })!.block).toBe(12);
  });

  it('says nothing of too few sessions, of what does not vary, and of differences that are only rounding', () => {
    const judge = (statistic: SmoothStatistic) => studentisedBootstrap(statistic, { replicates: 20, rng: createRng(6) });
    expect(judge(meanStatistic(a.slice(0, 19)))).toBeNull();
    expect(judge(meanStatistic(a.slice(0, 20)))).not.toBeNull();
    expect([judge(meanStatistic(new Float64Array(50).fill(0.1))), judge(sharpeStatistic(new Float64Array(50)))]).toEqual([null, null]);
    expect(judge(differenceOf(sharpeStatistic(a), sharpeStatistic(a)))).toBeNull();
    expect(judge(differenceOf(sharpeStatistic(a), sharpeStatistic(a.map((value) => 1.7 * value))))).toBeNull();
    expect(judge(differenceOf(meanStatistic(a), meanStatistic(a.map((value) => value + 0.001))))).toBeNull();
  });
});
