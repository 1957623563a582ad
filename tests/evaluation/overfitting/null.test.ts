import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { backtestOverfitting } from '../../../src/evaluation/overfitting/backtest-overfitting.js';
import { deflatedSharpeRatio } from '../../../src/evaluation/overfitting/deflated-sharpe.js';
import { sharpeOf, sharpeSample } from '../../../src/evaluation/overfitting/sharpe-sample.js';
import { superiorPredictiveAbility } from '../../../src/evaluation/overfitting/superior-predictive-ability.js';
import { mean, standardDeviation } from '../../../src/math/stats.js';
import { noise } from './noise.js';

const [TRIALS, SESSIONS, SEEDS] = [20, 240, 160];

/** Null: returns of all trials are independent normal numbers with mean 0. */
describe('the best of trials that know nothing', { timeout: 60_000 }, () => {
  const matrices = Array.from({ length: SEEDS }, (_, seed) => noise(TRIALS, SESSIONS, { rng: createRng(seed) }));
  const share = (values: readonly number[], level: number): number => values.filter((value) => value <= level).length / values.length;

  it('beats nothing: p-values of Hansen and of White are roughly uniform', () => {
    const found = matrices.map((returns, seed) => superiorPredictiveAbility(returns, { block: 2, rng: createRng(1000 + seed), replicates: 299 }));
    for (const p of [found.map(({ studentised }) => studentised.pValues.upper), found.map(({ studentised }) => studentised.pValues.consistent), found.map(({ raw }) => raw.pValues.upper)]) {
      // a mean of 160 uniform numbers has standard deviation 0.023, a share of 0.1 one of 0.024, a share of 0.5 one of 0.040
      expect(Math.abs(mean(p) - 0.5)).toBeLessThan(0.1);
      expect(share(p, 0.1)).toBeGreaterThan(0.02);
      expect(share(p, 0.1)).toBeLessThan(0.2);
      expect(Math.abs(share(p, 0.5) - 0.5)).toBeLessThan(0.15);
      expect(Math.abs(share(p, 0.9) - 0.9)).toBeLessThan(0.1);
    }
  });

  it('is anywhere out of sample: the probability of overfitting is near one half', () => {
    const found = matrices.map((returns) => backtestOverfitting(returns, { blocks: 8 }));
    expect(Math.abs(mean(found.map(({ probability }) => probability)) - 0.5)).toBeLessThan(0.08);
    expect(Math.abs(mean(found.map(({ probabilityOfLoss }) => probabilityOfLoss)) - 0.5)).toBeLessThan(0.08);
    // the whole of each trial is nearly fixed, so what is good in one half lacks in the other
    expect(mean(found.map(({ slope }) => slope!))).toBeLessThan(0);
  });

  it('has a deflated Sharpe ratio above 95 % rarely, where the plain one often is', () => {
    const found = matrices.map((returns) => {
      const sharpes = returns.map((series) => sharpeOf(series)!);
      const best = sharpeSample(returns[sharpes.indexOf(Math.max(...sharpes))])!;
      const variance = standardDeviation(sharpes) ** 2;
      return [1, TRIALS].map((trials) => deflatedSharpeRatio(best, { trials, variance }).probability!);
    });
    expect(found.filter(([plain]) => plain > 0.95).length / SEEDS).toBeGreaterThan(0.5);
    expect(found.filter(([, deflated]) => deflated > 0.95).length / SEEDS).toBeLessThan(0.05);
  });
});
