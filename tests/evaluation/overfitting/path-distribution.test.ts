import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { combinatorialPurged } from '../../../src/dataset/split/combinatorial-purged.js';
import { pathDistribution } from '../../../src/evaluation/overfitting/path-distribution.js';
import { mean, standardDeviation } from '../../../src/math/stats.js';
import { noise } from './noise.js';

const SESSIONS = 61;
const splitter = combinatorialPurged({ groups: 6, testGroups: 2 });

/** The return at a session tells the fold that gave it: fold + session / 1000. */
const folds = splitter.split({ sessions: SESSIONS, span: 1 }).map(({ groups, test }, fold) => ({ groups, test, returns: Float64Array.from(test, (t) => fold + t / 1000) }));

describe('paths of combinatorial purged cross-validation', () => {
  it('go through the folds that the splitter assembles', () => {
    const { paths } = pathDistribution(folds, SESSIONS);
    const assembled = splitter.assemblePaths();
    expect(paths).toHaveLength(5);
    // sessions of a group are those that all of its folds judge
    const groupOf = (t: number): number => [0, 1, 2, 3, 4, 5].find((group) => folds.every(({ groups, test }) => groups.includes(group) === test.includes(t) || !groups.includes(group)))!;
    paths.forEach((returns, path) => returns.forEach((value, t) => expect(value).toBeCloseTo(assembled[path][groupOf(t)] + t / 1000, 12)));
  });

  it('use every judgement once, and have the Sharpe ratios of their returns', () => {
    const rng = createRng(1);
    const own = folds.map(({ test }) => ({ test, returns: noise(1, test.length, { rng, drift: () => 0.001 })[0] }));
    const { paths, sharpes, sharpe, shareLosing } = pathDistribution(own, SESSIONS);
    const ascending = (values: Iterable<number>): number[] => Array.from(values).sort((a, b) => a - b);
    expect(ascending(paths.flatMap((path) => [...path]))).toEqual(ascending(own.flatMap(({ returns }) => [...returns])));
    paths.forEach((path, k) => expect(sharpes[k]).toBeCloseTo(mean(path) / standardDeviation(path), 12));
    const sorted = ascending(sharpes.map((value) => value!));
    expect(sharpe).toMatchObject({ min: sorted[0], median: sorted[2], max: sorted[4] });
    expect(sharpe!.mean).toBeCloseTo(mean(sorted), 14);
    expect(sharpe!.standardDeviation).toBeCloseTo(standardDeviation(sorted), 14);
    expect(shareLosing).toBe(sorted.filter((value) => value <= 0).length / 5);
  });

  it('are one for plain folds, and have no Sharpe ratio where returns do not vary', () => {
    const plain = [{ test: [2, 3], returns: [0.1, 0.1] }, { test: [0, 1], returns: [0.1, 0.1] }];
    expect(pathDistribution(plain, 4)).toEqual({ paths: [new Float64Array(4).fill(0.1)], sharpes: [null], sharpe: null, shareLosing: null });
    expect(pathDistribution([{ test: [1, 0], returns: [0.3, 0.1] }], 2)).toMatchObject({ paths: [Float64Array.of(0.1, 0.3)], sharpe: { standardDeviation: null }, shareLosing: 0 });
  });

  it('refuses folds that do not cover the sessions evenly', () => {
    expect(() => pathDistribution(folds.slice(1), SESSIONS)).toThrow('expected every session judged equally often, 5 times, at least once, found 4 times at session 0');
    expect(() => pathDistribution([], 3)).toThrow('at least once, found 0 times at session 0');
    expect(() => pathDistribution([{ test: [3], returns: [0] }], 3)).toThrow('expected positions of sessions from 0 to 2, found 3 in fold 0');
    expect(() => pathDistribution([{ test: [0], returns: [] }], 1)).toThrow('expected a return at each of 1 test sessions of fold 0, found 0');
    expect(() => pathDistribution([{ test: [0], returns: [Number.NaN] }], 1)).toThrow('found NaN at session 0 of fold 0');
  });
});
