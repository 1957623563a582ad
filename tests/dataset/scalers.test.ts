import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { Samples } from '../../src/dataset/samples.js';
import { quantileOf } from '../../src/dataset/scaler/quantile-of.js';
import { loadScaler, scaler, SCALERS } from '../../src/dataset/scaler/registry.js';
import { robustScaler } from '../../src/dataset/scaler/robust-scaler.js';
import type { SavedScaler } from '../../src/dataset/scaler/scaler.js';
import { standardScaler } from '../../src/dataset/scaler/standard-scaler.js';
import { winsorScaler } from '../../src/dataset/scaler/winsor-scaler.js';
import { centredRank, madZScore, winsorize, zScore } from '../../src/math/cross-section.js';
import { quantile } from '../../src/math/stats.js';

/** Samples of some sessions: a normal feature, a skewed one, one with gaps, a constant and one that is never there. */
function samples(seed: number, counts: readonly number[]): Samples {
  const rng = createRng(seed).fork('scaled');
  const length = counts.reduce((sum, count) => sum + count, 0);
  const draws = [() => 3 + 2 * rng.normal(), () => Math.exp(2 * rng.normal()), () => (rng.float() < 0.3 ? Number.NaN : rng.integer(0, 3)), () => 0.1, () => Number.NaN];
  const x = Float32Array.from(draws.flatMap((draw) => Array.from({ length }, draw)));
  return { features: draws.map((_, i) => `f${i}`), length, x, sessions: Int32Array.from(counts, (_, t) => 15000 + t), counts: Int32Array.from(counts), symbolRows: new Int32Array(length), y: null, returns: null, scale: new Float64Array(length) };
}

const column = ({ x, length }: Samples, feature: number): Float32Array => x.subarray(feature * length, (feature + 1) * length);
const train = samples(1, [7, 12, 1, 9, 30]);
const test = samples(2, [5, 11]);

describe.each(SCALERS.map((one) => [one.name, one] as const))('scaler %s', (name, one) => {
  it('is saved as JSON and loaded to the same bits', () => {
    const fit = one.fit(train);
    const loaded = loadScaler(JSON.parse(JSON.stringify(fit.save())) as SavedScaler);
    expect(loaded.save()).toEqual(fit.save());
    expect(loaded.apply(test).x).toEqual(fit.apply(test).x);
    expect(fit.name).toBe(name);
  });

  it('leaves what it was given alone, keeps NaN, and shares the rest', () => {
    const before = test.x.slice();
    const scaled = one.fit(train).apply(test);
    expect(test.x).toEqual(before);
    expect(scaled).toEqual({ ...test, x: scaled.x });
    expect(scaled.x.buffer).toBeInstanceOf(SharedArrayBuffer);
    before.forEach((value, at) => (Number.isNaN(value) ? expect(scaled.x[at]).toBeNaN() : expect(scaled.x[at]).not.toBeNaN()));
  });

  it('scales in place when asked to', () => {
    const own = { ...test, x: test.x.slice() };
    const fit = one.fit(train);
    const scaled = fit.apply(own, own.x);
    expect(scaled.x).toBe(own.x);
    expect(scaled.x).toEqual(fit.apply(test).x);
  });

  it('keeps the order of a feature’s values within a session', () => {
    const scaled = one.fit(train).apply(train);
    for (let feature = 0; feature < 3; feature++) {
      let start = 0;
      for (const count of train.counts) {
        const [from, to] = [column(train, feature), column(scaled, feature)].map((values) => values.subarray(start, start + count));
        from.forEach((value, i) => from.forEach((other, j) => value <= other && expect(to[i]).toBeLessThanOrEqual(to[j])));
        start += count;
      }
    }
  });

  it('scales single values as it scales samples, or says that it cannot', () => {
    const fit = one.fit(train);
    if (name === 'rank') return expect(fit.scaleValue).toBeNull();
    const scaled = fit.apply(test);
    return test.x.forEach((value, at) => expect(Math.fround(fit.scaleValue!(Math.floor(at / test.length), value))).toBe(scaled.x[at]));
  });

  it('refuses samples of other features', () => {
    const fit = one.fit(train);
    expect(() => fit.apply({ ...test, features: ['f0', 'f2', 'f1', 'f3', 'f4'] })).toThrow(`expected the 5 features that ${name} learnt, "f1" at 1, found "f2" at 1`);
    expect(() => fit.apply({ ...test, features: [...test.features, 'f5'] })).toThrow(`expected the 5 features that ${name} learnt, found 6 features`);
  });

  it('refuses what another scaler saved', () => {
    expect(() => one.load({ ...one.fit(train).save(), scaler: 'other' })).toThrow(`expected the scaler "${name}", found "other" in a saved scaler`);
  });
});

describe('what the scalers give', () => {
  const scaledBy = (one: typeof SCALERS[number], feature: number): Float32Array => column(one.fit(train).apply(train), feature);
  const close = (found: Float32Array, expected: ArrayLike<number>): void => found.forEach((value, i) => (Number.isNaN(expected[i]) ? expect(value).toBeNaN() : expect(value).toBeCloseTo(expected[i], 5)));

  it.each([0, 1, 2])('equals the statistics of one cross-section, feature %i', (feature) => {
    close(scaledBy(standardScaler(), feature), zScore(column(train, feature), { ddof: 0 }));
    close(scaledBy(robustScaler(), feature), madZScore(column(train, feature)));
    close(scaledBy(winsorScaler({ lower: 0.05 }), feature), winsorize(column(train, feature), 0.05));
  });

  it('is the centred rank of each session for the rank scaler', () => {
    const scaled = scaledBy(scaler('rank'), 2);
    close(scaled.subarray(7, 19), centredRank(column(train, 2).subarray(7, 19)));
  });

  it('of a constant is 0, also for values that differ later', () => {
    for (const one of [standardScaler(), robustScaler()]) {
      expect(new Set(scaledBy(one, 3))).toEqual(new Set([0]));
      expect(one.fit(train).scaleValue!(3, 2)).toBeCloseTo(1.9, 6);
    }
  });

  it('of a feature without training values is NaN', () => {
    for (const one of [standardScaler(), robustScaler(), winsorScaler()]) expect(one.fit(train).scaleValue!(4, 1)).toBeNaN();
  });
});

describe('damaged or unknown scalers', () => {
  it('are refused with what is wrong', () => {
    const saved = standardScaler().fit(train).save();
    expect(() => loadScaler({ ...saved, learnt: { mean: saved.learnt.mean } })).toThrow('expected 5 numbers as "deviation", found none in a saved scaler');
    expect(() => loadScaler({ ...saved, learnt: { ...saved.learnt, mean: [1, 2] } })).toThrow('expected 5 numbers as "mean", found 2');
    expect(() => loadScaler({ ...saved, learnt: { ...saved.learnt, mean: ['1', 2, 3, 4, 5] as never } })).toThrow('expected numbers as "mean", found "1"');
    expect(() => scaler('minmax')).toThrow('expected one of the scalers standard, robust, winsor, rank, found "minmax"');
    expect(() => winsorScaler({ lower: 0.6 })).toThrow('expected quantiles 0 <= lower < upper <= 1, found 0.6 and 0.4');
  });
});

describe('quantileOf', () => {
  it('equals the quantile of sorted values, equal ones among them', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
      const sorted = Float64Array.from(list).sort();
      expect(quantileOf(Float64Array.from(list), q)).toBe(quantile(sorted, q));
    }), { numRuns: 500, seed: 31 });
  });
});
