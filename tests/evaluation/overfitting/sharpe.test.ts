import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { deflatedSharpeRatio, expectedMaximumSharpe, minimumBacktestLength } from '../../../src/evaluation/overfitting/deflated-sharpe.js';
import { minimumTrackRecordLength, probabilisticSharpeRatio } from '../../../src/evaluation/overfitting/probabilistic-sharpe.js';
import { sharpeSample, type SharpeSample } from '../../../src/evaluation/overfitting/sharpe-sample.js';
import { mean } from '../../../src/math/stats.js';
import { noise } from './noise.js';

const samples: fc.Arbitrary<SharpeSample> = fc.record({ sharpe: fc.double({ min: -0.3, max: 0.3, noNaN: true }), count: fc.integer({ min: 20, max: 2000 }), skewness: fc.double({ min: -2, max: 2, noNaN: true }), kurtosis: fc.double({ min: 5, max: 12, noNaN: true }) });

describe('a sample of returns', () => {
  it('has its moments', () => {
    const { sharpe, count, skewness, kurtosis } = sharpeSample([0, 0, 0, 4])!;
    expect(sharpe).toBeCloseTo(0.5, 14);
    expect(count).toBe(4);
    expect(skewness).toBeCloseTo(2 / Math.sqrt(3), 14);
    expect(kurtosis).toBeCloseTo(7 / 3, 14);
  });

  it('has no Sharpe ratio when it is short or does not vary', () => {
    expect([[], [0.1], [0.1, 0.1, 0.1], [0, 0]].map(sharpeSample)).toEqual([null, null, null, null]);
  });
});

describe('the probabilistic Sharpe ratio', () => {
  it('lies in [0, 1], is one half at the benchmark, falls with it, and is 95 % after the minimum track record', () => {
    fc.assert(
      fc.property(samples, fc.double({ min: -0.2, max: 0.2, noNaN: true }), (sample, benchmark) => {
        const p = probabilisticSharpeRatio(sample, benchmark)!;
        expect(p >= 0 && p <= 1).toBe(true);
        expect(probabilisticSharpeRatio(sample, sample.sharpe)).toBe(0.5);
        expect(probabilisticSharpeRatio(sample, benchmark + 0.01)).toBeLessThanOrEqual(p);
        const length = minimumTrackRecordLength(sample, { benchmark });
        if (sample.sharpe <= benchmark) expect(length).toBeNull();
        else if (length! < 1e9) expect(probabilisticSharpeRatio({ ...sample, count: length! }, benchmark)).toBeCloseTo(0.95, 8);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('is lower for losses that are rare and large', () => {
    const sample = { sharpe: 0.1, count: 250, skewness: 0, kurtosis: 3 };
    expect(probabilisticSharpeRatio({ ...sample, skewness: -2 })).toBeLessThan(probabilisticSharpeRatio(sample)!);
    expect(probabilisticSharpeRatio({ ...sample, kurtosis: 12 })).toBeLessThan(probabilisticSharpeRatio(sample)!);
  });

  it('is uniform where the truth is the benchmark', () => {
    const p = noise(2000, 250, { rng: createRng(2), drift: () => 0.0005 }).map((series) => probabilisticSharpeRatio(sharpeSample(series)!, 0.05)!);
    // the share of 2,000 in a tenth has standard deviation 0.7 %
    for (let tenth = 0; tenth < 10; tenth++) expect(p.filter((value) => Math.floor(10 * value) === tenth).length / 2000).toBeGreaterThan(0.075);
  });

  it('is null where moments leave no variance', () => {
    const odd = { sharpe: 1, count: 100, skewness: 2, kurtosis: 4 };
    expect([probabilisticSharpeRatio(odd), minimumTrackRecordLength(odd), deflatedSharpeRatio(odd, { trials: 2, variance: 1 }).probability]).toEqual([null, null, null]);
  });
});

describe('the expected maximum', () => {
  it.each([[5, 0.025], [20, 0.015], [200, 0.01]])('of %i trials is that of as many normal numbers within %d', (trials, bound) => {
    const rng = createRng(trials);
    const maxima = Array.from({ length: 40_000 }, () => {
      let most = -Infinity;
      for (let i = 0; i < trials; i++) most = Math.max(most, rng.normal());
      return most;
    });
    // standard deviation of the mean of 40,000 maxima: 0.3 % of it or less
    expect(Math.abs(expectedMaximumSharpe(trials) / mean(maxima) - 1)).toBeLessThan(bound + 0.008);
  });

  it('grows with trials and with their spread, from 0 for one', () => {
    expect(expectedMaximumSharpe(1, 4)).toBe(0);
    for (const trials of [1, 1.1, 1.5, 2, 3, 10, 1000]) {
      expect(expectedMaximumSharpe(trials * 1.5)).toBeGreaterThanOrEqual(expectedMaximumSharpe(trials));
      expect(expectedMaximumSharpe(trials, 4)).toBe(2 * expectedMaximumSharpe(trials));
    }
    expect(() => expectedMaximumSharpe(0)).toThrow('expected at least 1 trial, found 0');
    expect(() => expectedMaximumSharpe(2, -1)).toThrow('expected a variance of Sharpe ratios of at least 0, found -1');
  });

  it('deflates by more trials and not at all by one', () => {
    const sample = { sharpe: 0.12, count: 500, skewness: -0.5, kurtosis: 5 };
    const deflated = (trials: number) => deflatedSharpeRatio(sample, { trials, variance: 0.002 }).probability!;
    expect(deflated(1)).toBe(probabilisticSharpeRatio(sample));
    expect(deflated(10)).toBeLessThan(deflated(2));
    expect(deflated(1000)).toBeLessThan(deflated(10));
  });
});

describe('the minimum backtest length', () => {
  it('allows 45 trials on five years before a Sharpe ratio of 1 is expected of luck', () => {
    expect(minimumBacktestLength(45, 1)).toBeCloseTo(5, 1);
    expect(minimumBacktestLength(7, 1)).toBeCloseTo(2, 0);
  });

  it('stays below its bound, falls with the square of the Sharpe ratio, and is null where that is not positive', () => {
    for (const trials of [2, 10, 100, 10_000]) {
      expect(minimumBacktestLength(trials, 1)).toBeLessThan(2 * Math.log(trials));
      expect(minimumBacktestLength(trials, 2)).toBeCloseTo(minimumBacktestLength(trials, 1)! / 4, 12);
    }
    expect([minimumBacktestLength(10, 0), minimumBacktestLength(10, -1)]).toEqual([null, null]);
  });
});
