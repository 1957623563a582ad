import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { sharpeInterval } from '../../../src/evaluation/luck/sharpe-interval.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { drawReturns } from '../performance/draws.js';
import { autoregression } from './autoregression.js';

const [SESSIONS, SEEDS, TRUE_SHARPE] = [250, 200, 0.08];

/** Share of seeds in which an interval holds the Sharpe ratio that the series were drawn with, and the plain one of independent returns. */
function coverage(memory: number): { readonly blocks: number; readonly plain: number } {
  let [blocks, plain] = [0, 0];
  for (let seed = 0; seed < SEEDS; seed++) {
    const rng = createRng(seed);
    const returns = autoregression(SESSIONS, memory, { rng, centre: TRUE_SHARPE }).map((value) => 0.01 * value);
    const { sharpe, interval } = sharpeInterval(returns, { rng, replicates: 99, sessionsPerYear: 1 })!;
    if (interval[0] <= TRUE_SHARPE && TRUE_SHARPE <= interval[1]) blocks++;
    if (Math.abs(sharpe - TRUE_SHARPE) <= 1.96 * Math.sqrt((1 + sharpe ** 2 / 2) / SESSIONS)) plain++;
  }
  return { blocks: blocks / SEEDS, plain: plain / SEEDS };
}

describe('the interval of a Sharpe ratio', { timeout: 60_000 }, () => {
  // a share of 0.95 among 200 seeds has standard deviation 0.015
  it('holds the truth about as often as promised when returns are independent', () => {
    expect(coverage(0).blocks).toBeGreaterThan(0.9);
    expect(coverage(0).blocks).toBeLessThan(0.99);
  });

  it('does so when returns remember, where the plain one of independent returns does not', () => {
    const found = coverage(0.4);
    expect(found.blocks).toBeGreaterThan(0.88);
    // the mean varies √(1.4 / 0.6) = 1.53 times as much: P(|z| < 1.96 / 1.53) = 80 %
    expect(found.plain).toBeLessThan(0.87);
  });

  it('has the Sharpe ratio in its middle, scales with the year and not with the unit, and narrows with its level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 20, max: 120 }), (seed, sessions) => {
        const returns = drawReturns(seed, sessions);
        const judge = (values: Float64Array, more = {}) => sharpeInterval(values, { rng: createRng(seed), replicates: 50, riskFree: 0.0001, ...more })!;
        const found = judge(returns);
        expect(found.sharpe).toBeCloseTo(sharpeRatio(returns, { riskFree: 0.0001 })!, 10);
        expect((found.interval[0] + found.interval[1]) / 2).toBeCloseTo(found.sharpe, 10);
        const daily = judge(returns, { sessionsPerYear: 1 });
        expect(daily.interval[0] * Math.sqrt(252)).toBeCloseTo(found.interval[0], 10);
        const halved = judge(returns.map((value) => value / 2), { riskFree: 0.00005 });
        expect(halved.interval[1]).toBeCloseTo(found.interval[1], 8);
        expect(judge(returns, { level: 0.5 }).interval[0]).toBeGreaterThanOrEqual(found.interval[0]);
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it('is none of fewer than 20 returns, or of equal ones', () => {
    const rng = createRng(1);
    expect([[], drawReturns(1, 19), new Float64Array(60), new Float64Array(60).fill(0.1)].map((values) => sharpeInterval(values, { rng }))).toEqual([null, null, null, null]);
    expect(() => sharpeInterval([0.1, Number.NaN], { rng })).toThrow('in sharpeInterval');
  });
});
