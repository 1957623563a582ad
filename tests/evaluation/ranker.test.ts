import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { RankCorrelation } from '../../src/evaluation/rank-correlation.js';
import { Ranker } from '../../src/evaluation/ranker.js';
import { correlation } from '../../src/math/correlation.js';
import { averageRank } from '../../src/math/cross-section.js';

const NAN = Number.NaN;
const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(NAN), fc.constant(-0), fc.constant(0), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: 1, max: 1.0001, noNaN: true }));

describe('Ranker', () => {
  it('gives the ranks of averageRank, again and again on the same arrays', () => {
    const ranker = new Ranker(30);
    const space = ranker.rank(new Float64Array(30));
    fc.assert(
      fc.property(fc.array(value, { minLength: 30, maxLength: 30 }), (drawn) => {
        const values = Float64Array.from(drawn);
        const { count, order, ranks } = ranker.rank(values, space);
        expect(ranks).toEqual(averageRank(values));
        expect(count).toBe(drawn.filter((one) => !Number.isNaN(one)).length);
        const ordered = Array.from(order.subarray(0, count), (member) => values[member]);
        expect(ordered.every((one, i) => i === 0 || ordered[i - 1] <= one)).toBe(true);
        expect(new Set(order.subarray(0, count)).size).toBe(count);
      }),
    );
  });

  it.each([['that hardly differ', (x: number) => 1 + x * 1e-12], ['far apart', (x: number) => Math.exp(200 * x - 100)], ['descending', (_: number, i: number) => -i], ['tiny', (x: number) => x * 5e-324 * 1000]])('ranks many values %s', (_, change) => {
    const rng = createRng(1);
    const values = Float64Array.from({ length: 900 }, (__, i) => change(rng.float(), i));
    expect(new Ranker(900).rank(values).ranks).toEqual(averageRank(values));
  });
});

describe('RankCorrelation', () => {
  const ranker = new Ranker(16);
  const ranks = new RankCorrelation(16);
  const sixteen = { minLength: 16, maxLength: 16 };
  const whole = fc.integer({ min: 0, max: 6 });
  // also lists without holes, whose ranks need no ranking anew
  const list = fc.oneof(fc.array(fc.oneof({ arbitrary: whole, weight: 5 }, fc.constant(NAN)), sixteen), fc.array(whole, sixteen));

  /** By its definition: rank those in both, then Pearson's correlation of the ranks. */
  function slow(x: readonly number[], y: readonly number[], counts: (i: number) => boolean) {
    const both = x.flatMap((_, i) => (counts(i) && !Number.isNaN(x[i]) && !Number.isNaN(y[i]) ? [i] : []));
    const found = correlation(averageRank(both.map((i) => x[i])), averageRank(both.map((i) => y[i])));
    return { names: both.length, correlation: found };
  }

  it('is that of those in both, ranked among themselves', () => {
    fc.assert(
      fc.property(list, list, (x, y) => {
        const [found, expected] = [ranks.of(ranker.rank(Float64Array.from(x)), ranker.rank(Float64Array.from(y))), slow(x, y, () => true)];
        expect(found.names).toBe(expected.names);
        if (expected.correlation === null) expect(found.correlation).toBeNull();
        else expect(found.correlation).toBeCloseTo(expected.correlation, 12);
      }),
    );
  });

  it('is that of each group alone', () => {
    fc.assert(
      fc.property(list, list, fc.array(fc.integer({ min: -1, max: 2 }), sixteen), (x, y, groups) => {
        const found = ranks.within(ranker.rank(Float64Array.from(x)), ranker.rank(Float64Array.from(y)), Int32Array.from(groups), 3);
        found.forEach((one, g) => {
          const expected = slow(x, y, (i) => groups[i] === g);
          expect(one.names).toBe(expected.names);
          expect(one.correlation === null).toBe(expected.correlation === null);
          expect(one.correlation ?? 0).toBeCloseTo(expected.correlation ?? 0, 12);
        });
      }),
    );
  });
});
