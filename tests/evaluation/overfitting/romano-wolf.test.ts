import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { drawBlocks, drawnMeans } from '../../../src/evaluation/block-bootstrap.js';
import { longRunVariance } from '../../../src/evaluation/overfitting/bootstrap-comparison.js';
import { romanoWolf } from '../../../src/evaluation/overfitting/romano-wolf.js';
import { superiorPredictiveAbility } from '../../../src/evaluation/overfitting/superior-predictive-ability.js';
import { mean } from '../../../src/math/stats.js';
import { noise } from './noise.js';

const drift = (trial: number): number => [0.004, 0, 0.0025, -0.01, 0.0015, 0, 0.003][trial % 7];

describe('stepwise multiple testing', () => {
  it.each([0.02, 0.05, 0.1, 0.3])('finds at level %d what steps with falling critical values find', (level) => {
    const sizes = Array.from({ length: 20 }, (_, seed) => {
      const rng = createRng(seed);
      const returns = noise(14, 80, { rng, drift });
      const draws = drawBlocks(80, { block: 3, replicates: 199, method: 'stationary', rng });
      const scales = returns.map((series) => Math.sqrt(80 / longRunVariance(series, 3)));
      const drawn = returns.map((series, k) => drawnMeans(series, draws).map((value) => (value - mean(series)) * scales[k]));
      const found = new Set<number>();
      for (let before = -1; found.size > before; ) {
        before = found.size;
        const left = returns.map((_, k) => k).filter((k) => !found.has(k));
        const maxima = Array.from({ length: 199 }, (_, b) => Math.max(...left.map((k) => drawn[k][b])));
        for (const k of left) if ((1 + maxima.filter((value) => value >= mean(returns[k]) * scales[k]).length) / 200 <= level) found.add(k);
      }
      const trials = romanoWolf(returns, { block: 3, rng, draws });
      expect(trials.flatMap(({ pValue }, k) => (pValue! <= level ? [k] : []))).toEqual([...found].sort((a, b) => a - b));
      return found.size;
    });
    // some are found, and not always as many
    expect(new Set(sizes).size).toBeGreaterThan(1);
  });

  it('agrees with the studentised test on the best, is monotone, and moves with its trials', () => {
    const rng = createRng(30);
    const returns = noise(9, 100, { rng, drift: (trial) => drift(trial) / 2 });
    const options = { block: 4, rng, draws: drawBlocks(100, { block: 4, replicates: 999, method: 'stationary', rng }) };
    const found = romanoWolf(returns, options);
    const order = found.map((_, k) => k).sort((a, b) => found[b].statistic! - found[a].statistic!);
    order.slice(1).forEach((k, i) => expect(found[k].pValue).toBeGreaterThanOrEqual(found[order[i]].pValue!));
    for (const { pValue } of found) expect(pValue! > 0 && pValue! <= 1).toBe(true);
    const { studentised } = superiorPredictiveAbility(returns, options);
    expect(found[order[0]].statistic).toBeCloseTo(studentised.statistic, 12);
    expect(found[order[0]].pValue).toBeCloseTo((1 + 999 * studentised.pValues.upper) / 1000, 12);
    expect(romanoWolf([...returns].reverse(), options)).toEqual([...found].reverse());
  });

  it('gives null for a trial that equals the benchmark, and equal p-values to equal trials', () => {
    const rng = createRng(31);
    const [a, benchmark] = noise(2, 50, { rng });
    const found = romanoWolf([a, benchmark, a], { block: 2, rng, benchmark, replicates: 100 });
    expect(found[1]).toEqual({ statistic: null, pValue: null });
    expect(found[0]).toEqual(found[2]);
  });

  it('finds something in about one of ten studies at level 0.1 when there is nothing', () => {
    const share = Array.from({ length: 200 }, (_, seed) => {
      const rng = createRng(100 + seed);
      return romanoWolf(noise(10, 150, { rng }), { block: 2, rng, replicates: 199 }).some(({ pValue }) => pValue! <= 0.1);
    }).filter(Boolean).length / 200;
    // standard deviation of the share: 0.021
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.19);
  });
});
