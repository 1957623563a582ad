import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { deflatedSharpeRatio, expectedMaximumSharpe } from '../../src/evaluation/overfitting/deflated-sharpe.js';
import { minimumTrackRecordLength, probabilisticSharpeRatio } from '../../src/evaluation/overfitting/probabilistic-sharpe.js';
import { sharpeSample, type SharpeSample } from '../../src/evaluation/overfitting/sharpe-sample.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface Sharpe {
  readonly sr: number;
  readonly n: number;
  readonly skew: number;
  readonly kurtosis: number;
  readonly psr0: number;
  readonly nTrials: number;
  readonly varianceOfTrialSharpes: number;
  readonly expectedMaxZ: number;
  readonly sr0: number;
  readonly dsr: number;
  readonly minTrackRecord95: number | null;
  readonly purgedcv: { readonly psr0: number; readonly dsr: number };
}

interface Golden {
  readonly tolerance: { readonly relative: number };
  readonly published: { readonly annualSharpe: number; readonly observations: number; readonly periodsPerYear: number; readonly skew: number; readonly kurtosis: number; readonly nTrials: number; readonly annualVarianceOfTrials: number; readonly dsr: number; readonly dsrExact: number };
  readonly series: Readonly<Record<string, { readonly returns: readonly number[]; readonly sharpe: Sharpe }>>;
}

const SUITE = 'uncertain Sharpe ratios against purgedcv and own formulas';
const folder = goldenFolder();
printSkipReason('golden', SUITE);

const FIELDS = ['sr', 'n', 'skew', 'kurtosis', 'psr0', 'nTrials', 'varianceOfTrialSharpes', 'expectedMaxZ', 'sr0', 'dsr', 'minTrackRecord95', 'purgedcv'];

/** purgedcv's: deviation with divisor n, skewness and kurtosis corrected for bias (Joanes and Gill, 1998, G₁ and G₂). */
function purgedMoments({ sharpe, count: n, skewness, kurtosis }: SharpeSample): SharpeSample {
  return {
    sharpe: sharpe * Math.sqrt(n / (n - 1)), count: n,
    skewness: (skewness * Math.sqrt(n * (n - 1))) / (n - 2),
    kurtosis: ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (kurtosis - 3) + 6) + 3,
  };
}

describe('the example of Bailey and López de Prado (2014)', () => {
  const sample = { sharpe: 2.5 / Math.sqrt(250), count: 1250, skewness: -3, kurtosis: 10 };

  it('has a deflated Sharpe ratio of 0.9004', () => {
    expect(deflatedSharpeRatio(sample, { trials: 100, variance: 0.5 / 250 }).probability).toBeCloseTo(0.9004, 4);
  });

  it('would have passed 95 % after 46 trials, or after 88 of normal returns', () => {
    expect(deflatedSharpeRatio(sample, { trials: 46, variance: 0.5 / 250 }).probability).toBeCloseTo(0.95, 2);
    expect(deflatedSharpeRatio({ ...sample, skewness: 0, kurtosis: 3 }, { trials: 88, variance: 0.5 / 250 }).probability).toBeCloseTo(0.95, 2);
  });
});

describe.skipIf(folder === null)(SUITE, () => {
  const golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'performance.json'), 'utf8')) as Golden);

  function expectNear(found: number | null, expected: number | null, name: string): void {
    if (expected === null) return expect(found, name).toBeNull();
    // the file holds 12 significant digits of numbers near 0 as well
    expect(Math.abs((found ?? Number.NaN) - expected), `${name}: ${found} is not ${expected}`).toBeLessThanOrEqual(golden.tolerance.relative * Math.abs(expected) + 1e-13);
  }

  it.each(Object.keys(golden?.series ?? {}))('%s', (name) => {
    const { returns, sharpe: expected } = golden.series[name];
    const sample = sharpeSample(returns)!;
    const { probability, threshold } = deflatedSharpeRatio(sample, { trials: expected.nTrials, variance: expected.varianceOfTrialSharpes });
    expect(sample.count).toBe(expected.n);
    expectNear(sample.sharpe, expected.sr, 'sr');
    expectNear(sample.skewness, expected.skew, 'skew');
    expectNear(sample.kurtosis, expected.kurtosis, 'kurtosis');
    expectNear(probabilisticSharpeRatio(sample), expected.psr0, 'psr0');
    expectNear(expectedMaximumSharpe(expected.nTrials), expected.expectedMaxZ, 'expectedMaxZ');
    expectNear(threshold, expected.sr0, 'sr0');
    expectNear(probability, expected.dsr, 'dsr');
    expectNear(minimumTrackRecordLength(sample), expected.minTrackRecord95, 'minTrackRecord95');
    const purged = purgedMoments(sample);
    expectNear(probabilisticSharpeRatio(purged), expected.purgedcv.psr0, 'purgedcv psr0');
    expectNear(deflatedSharpeRatio(purged, { trials: expected.nTrials, variance: expected.varianceOfTrialSharpes }).probability, expected.purgedcv.dsr, 'purgedcv dsr');
  });

  it('the published example, to all digits', () => {
    const { annualSharpe, observations, periodsPerYear, skew, kurtosis, nTrials, annualVarianceOfTrials, dsr, dsrExact } = golden.published;
    const sample = { sharpe: annualSharpe / Math.sqrt(periodsPerYear), count: observations, skewness: skew, kurtosis };
    const { probability } = deflatedSharpeRatio(sample, { trials: nTrials, variance: annualVarianceOfTrials / periodsPerYear });
    expectNear(probability, dsrExact, 'dsrExact');
    expect(probability).toBeCloseTo(dsr, 4);
  });

  it('covers every figure of the file', () => {
    for (const { sharpe } of Object.values(golden.series)) expect(Object.keys(sharpe).sort()).toEqual([...FIELDS].sort());
  });
});
