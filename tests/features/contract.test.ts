import { describe, expect, it } from 'vitest';

import type { Feature } from '../../src/features/feature.js';
import { FEATURES } from '../../src/features/registry.js';
import { averageTrueRange } from '../../src/features/volatility/average-true-range.js';
import { realizedVolatility } from '../../src/features/volatility/realized-volatility.js';
import { FEATURE_LAWS, testFeatureContract } from '../contracts/feature.js';

describe('every feature of the registry', () => {
  for (const feature of FEATURES) testFeatureContract(feature);

  it('has a name of its own', () => {
    expect(new Set(FEATURES.map(({ name }) => name)).size).toBe(FEATURES.length);
  });
});

describe('other windows', () => {
  testFeatureContract(realizedVolatility(21));
  testFeatureContract(averageTrueRange(5));
});

const WINDOW = 5;

function fake(name: string, compute: Feature['compute'], lookback = 0): Feature {
  return { name, describe: 'made to fail', unit: 'ratio', source: 'this test', lookback, compute };
}

/** Names of the laws that a feature breaks. */
const broken = (feature: Feature): string[] =>
  FEATURE_LAWS.filter(({ check }) => {
    try {
      check(feature);
      return false;
    } catch {
      return true;
    }
  }).map(({ name }) => name);

const average = (values: ArrayLike<number>, from: number, to: number): number => Array.from(values).slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);

const overMean = fake(
  'over-mean',
  ({ close }) => Float64Array.from(close, (value, t) => (t < WINDOW ? Number.NaN : value / average(close, t - WINDOW, t + 1))),
  WINDOW,
);

describe('the contract itself', () => {
  it('is content with an honest feature', () => {
    expect(broken(overMean)).toEqual([]);
  });

  it('catches a centred mean, which looks two sessions ahead', () => {
    const centred = fake('centred-mean', ({ close }) => Float64Array.from(close, (value, t) => (t < WINDOW ? Number.NaN : value / average(close, t - 2, Math.min(close.length, t + 3)))), WINDOW);
    expect(broken(centred)).toContain('does not change in the past when the future arrives');
    expect(broken(centred)).toContain('does not change when the next bars are missing or absurd');
  });

  it('catches a score against the whole sample', () => {
    const wholeSample = fake('whole-sample-score', ({ close }) => {
      const centre = average(close, 0, close.length);
      return Float64Array.from(close, (value, t) => (t < WINDOW ? Number.NaN : value / centre - 1));
    }, WINDOW);
    expect(broken(wholeSample)).toContain('does not change in the past when the future arrives');
  });

  it.each<[string, Feature, string]>([
    ['a value during warm-up', fake('early', overMean.compute, WINDOW + 1), 'is NaN exactly during its lookback on clean bars, finite after'],
    ['a late first value', fake('late', overMean.compute, WINDOW - 1), 'is NaN exactly during its lookback on clean bars, finite after'],
    ['memory beyond the lookback', fake('long-memory', ({ close }) => Float64Array.from(close, (value, t) => (t < WINDOW ? Number.NaN : value / close[0])), WINDOW), 'reads no further back than its lookback'],
    ['the level of the price', fake('level', ({ close }) => Float64Array.from(close, (value, t) => (t < WINDOW ? Number.NaN : value)), WINDOW), 'is the same when all prices, or all volumes, are multiplied by a constant'],
    ['one value too many', fake('long', ({ close }) => new Float64Array(close.length + 1)), 'gives one value a session, for any length'],
    ['an input that is written to', fake('greedy', ({ close }) => {
      (close as Float64Array).fill(1, 0, 1);
      return Float64Array.from(close, (value, t) => (t < WINDOW ? Number.NaN : value / close[t]));
    }, WINDOW), 'leaves its input untouched and gives a fresh array of the same values each time'],
  ])('catches %s', (_, feature, law) => {
    expect(broken(feature)).toContain(law);
  });
});
