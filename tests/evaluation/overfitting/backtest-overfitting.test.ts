import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { backtestOverfitting } from '../../../src/evaluation/overfitting/backtest-overfitting.js';
import type { TrialReturns } from '../../../src/evaluation/overfitting/trial-returns.js';
import { averageRank } from '../../../src/math/cross-section.js';
import { fitLine, mean, standardDeviation } from '../../../src/math/stats.js';
import { noise } from './noise.js';

/** Every half put together session by session. */
function directly(returns: TrialReturns, blocks: number): { logits: number[]; inSample: number[]; outOfSample: number[] } {
  const length = Math.floor(returns[0].length / blocks);
  const first = returns[0].length - length * blocks;
  const halves = Array.from({ length: 2 ** blocks }, (_, mask) => Array.from({ length: blocks }, (_, block) => ((mask >> (blocks - 1 - block)) & 1) === 1)).filter((half) => half.filter(Boolean).length === blocks / 2);
  const found = { logits: [] as number[], inSample: [] as number[], outOfSample: [] as number[] };
  // masks downwards: the first blocks first
  for (const half of halves.reverse()) {
    const sharpes = (side: boolean): number[] =>
      returns.map((series) => {
        const values = Array.from(series).filter((_, t) => t >= first && half[Math.floor((t - first) / length)] === side);
        return standardDeviation(values) === 0 ? 0 : mean(values) / standardDeviation(values);
      });
    const [within, outside] = [sharpes(true), sharpes(false)];
    const best = within.indexOf(Math.max(...within));
    const omega = averageRank(outside)[best] / (returns.length + 1);
    found.logits.push(Math.log(omega / (1 - omega)));
    found.inSample.push(within[best]);
    found.outOfSample.push(outside[best]);
  }
  return found;
}

const expectAll = (found: ArrayLike<number>, expected: ArrayLike<number>, digits = 10): void => {
  expect(found).toHaveLength(expected.length);
  Array.from(expected).forEach((value, at) => expect(found[at]).toBeCloseTo(value, digits));
};

describe('the probability of overfitting', () => {
  it.each([[2, 21, 1], [4, 40, 3], [6, 50, 5], [8, 64, 4]])('by %i blocks of %i sessions of %i trials is that of halves put together one by one', (blocks, sessions, trials) => {
    const returns = noise(trials, sessions, { rng: createRng(blocks) });
    const [found, expected] = [backtestOverfitting(returns, { blocks }), directly(returns, blocks)];
    expectAll(found.logits, expected.logits);
    expectAll(found.inSample, expected.inSample);
    expectAll(found.outOfSample, expected.outOfSample);
    expect(found.sessionsLeftOut).toBe(sessions % blocks);
    if (trials > 1) expectAll([found.slope!, found.intercept!], Object.values(fitLine(expected.inSample, expected.outOfSample)).reverse(), 8);
    expect(found.probabilityOfLoss).toBe(expected.outOfSample.filter((sharpe) => sharpe < 0).length / expected.outOfSample.length);
  });

  it('lies in [0, 1] whatever the trials, not below the strict one, the same for trials in any order', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 8, max: 30 }), fc.integer());
    fc.assert(
      fc.property(matrix, ([trials, sessions, seed]) => {
        const rng = createRng(seed);
        const returns = noise(trials, sessions, { rng });
        const [found, permuted] = [backtestOverfitting(returns, { blocks: 4 }), backtestOverfitting(rng.shuffle(returns), { blocks: 4 })];
        expect(found.strictProbability).toBeGreaterThanOrEqual(0);
        expect(found.probability).toBeGreaterThanOrEqual(found.strictProbability);
        expect(found.probability).toBeLessThanOrEqual(1);
        expect(permuted.logits).toEqual(found.logits);
        expect(permuted.outOfSample).toEqual(found.outOfSample);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('is that of the mean rank where trials tie, the first of them chosen', () => {
    const [a, b] = noise(2, 40, { rng: createRng(4), drift: (trial) => (trial === 0 ? 0.02 : 0) });
    const { logits, outOfSample } = backtestOverfitting([b, a, a, a], { blocks: 4 });
    // the three best share rank (2 + 3 + 4) / 3 = 3 of 4
    expectAll(logits, new Float64Array(6).fill(Math.log(3 / 2)));
    expect(outOfSample).toEqual(backtestOverfitting([a], { blocks: 4 }).outOfSample);
  });

  it('of a single trial is at the median: 1, strictly 0', () => {
    const { probability, strictProbability, logits, meanLogit } = backtestOverfitting(noise(1, 32, { rng: createRng(5) }), { blocks: 4 });
    expect([probability, strictProbability, meanLogit]).toEqual([1, 0, 0]);
    expect([...logits]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('takes a trial that is idle in a half as one with Sharpe ratio 0 there', () => {
    const rng = createRng(6);
    const half = Float64Array.from({ length: 40 }, (_, t) => (t < 20 ? 0.05 + 0.01 * rng.normal() : 0));
    const { inSample, outOfSample } = backtestOverfitting([half, half.map(() => 0.003)], { blocks: 2 });
    expect(inSample[0]).toBeGreaterThan(3);
    expect([outOfSample[0], inSample[1]]).toEqual([0, 0]);
    expect(backtestOverfitting([half.map(() => 0.003)], { blocks: 2 })).toMatchObject({ slope: null, intercept: null, probabilityOfLoss: 0 });
  });

  it('falls to 0 when one trial is truly good, and is high when what was good turns bad', () => {
    const good = noise(20, 240, { rng: createRng(7), drift: (trial) => (trial === 3 ? 0.01 : 0) });
    expect(backtestOverfitting(good, { blocks: 8 })).toMatchObject({ probability: 0, probabilityOfLoss: 0 });
    // each trial has one good block and loses elsewhere
    const lucky = noise(8, 240, { rng: createRng(8) }).map((series, trial) => series.map((value, t) => value + (Math.floor(t / 30) === trial ? 0.02 : -0.02 / 7)));
    expect(backtestOverfitting(lucky, { blocks: 8 }).probability).toBeGreaterThan(0.9);
  });

  it('refuses what it cannot judge', () => {
    const returns = noise(2, 40, { rng: createRng(9) });
    expect(() => backtestOverfitting([])).toThrow('expected the returns of at least one trial, found none in backtestOverfitting');
    expect(() => backtestOverfitting(returns, { blocks: 5 })).toThrow('expected an even number of blocks from 2 to 24, found 5');
    expect(() => backtestOverfitting(returns, { blocks: 26 })).toThrow('found 26');
    expect(() => backtestOverfitting([[0.1, 0.2]], { blocks: 2 })).toThrow('expected at least 2 sessions in a half of 2 blocks, found 2 sessions in all');
    expect(() => backtestOverfitting([returns[0], returns[1].subarray(1)])).toThrow('expected 40 returns of trial 1, found 39');
    expect(() => backtestOverfitting([[0, 1, Number.NaN, 1]])).toThrow('expected a finite return of trial 0 at each session, found NaN at 2');
  });
});
