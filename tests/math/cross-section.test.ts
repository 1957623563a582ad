import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { averageRank, centredRank, madZScore, percentRank, winsorize, zScore } from '../../src/math/cross-section.js';

const NAN = Number.NaN;
const all: Readonly<Record<string, (values: ArrayLike<number>) => Float64Array>> = { averageRank, percentRank, centredRank, zScore, zPopulation: (values) => zScore(values, { ddof: 0 }), winsorize: (values) => winsorize(values, 0.1), madZScore };
const withTiesAndHoles = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(NAN), fc.double({ min: -5, max: 5, noNaN: true })), { maxLength: 40 });

const expectClose = (found: Float64Array, expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => (Number.isNaN(value) ? expect(found[i]).toBeNaN() : expect(found[i]).toBeCloseTo(value, 12)));
};

describe.each(Object.entries(all))('%s', (_, statistic) => {
  it('leaves NaN where it is, and the others as if it were not there', () => {
    fc.assert(
      fc.property(withTiesAndHoles, (values) => {
        const found = statistic(values);
        const alone = statistic(values.filter((value) => !Number.isNaN(value)));
        expect(Array.from(found).filter((__, i) => !Number.isNaN(values[i]))).toEqual(Array.from(alone));
        values.forEach((value, i) => Number.isNaN(value) && expect(found[i]).toBeNaN());
      }),
    );
  });

  it('leaves its input alone and gives nothing for nothing', () => {
    const values = [3, 1, NAN, 2];
    statistic(values);
    expect(values).toEqual([3, 1, NAN, 2]);
    expect(statistic([])).toHaveLength(0);
    expect(Array.from(statistic([NAN, NAN]))).toEqual([NAN, NAN]);
  });
});

describe('ranks', () => {
  const values = [30, 10, NAN, 20, 10];

  it('count from one, equals sharing theirs', () => {
    expect(Array.from(averageRank(values))).toEqual([4, 1.5, NAN, 3, 1.5]);
    expect(Array.from(averageRank([7, 7, 7]))).toEqual([2, 2, 2]);
  });

  it('as a share of the values', () => {
    expect(Array.from(percentRank(values))).toEqual([1, 0.375, NAN, 0.75, 0.375]);
  });

  it('around the middle', () => {
    expect(Array.from(centredRank(values))).toEqual([0.375, -0.25, NAN, 0.125, -0.25]);
    expect(Array.from(centredRank([42]))).toEqual([0]);
  });

  it('are those found by counting, and centred ranks have mean 0', () => {
    fc.assert(
      fc.property(withTiesAndHoles, (drawn) => {
        const present = drawn.filter((value) => !Number.isNaN(value));
        const expected = drawn.map((value) => (Number.isNaN(value) ? NAN : present.filter((other) => other < value).length + (present.filter((other) => other === value).length + 1) / 2));
        expectClose(averageRank(drawn), expected);
        expect(centredRank(present).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
      }),
    );
  });
});

describe('zScore', () => {
  it('divides by n − 1, or by n when asked', () => {
    // mean 4, squares 4 + 0 + 4
    expectClose(zScore([2, 4, 6]), [-1, 0, 1]);
    expectClose(zScore([2, 4, 6], { ddof: 0 }), [-Math.sqrt(1.5), 0, Math.sqrt(1.5)]);
  });

  it('is NaN of equal values, also where their mean is rounded, and of a lone one', () => {
    expect(Array.from(zScore([5, 5, 5]))).toEqual([NAN, NAN, NAN]);
    expect(Array.from(zScore(Array.from({ length: 10 }, () => 0.1))).every(Number.isNaN)).toBe(true);
    expect(Array.from(zScore([3]))).toEqual([NAN]);
  });
});

describe('winsorize', () => {
  it('pulls the tails in to the quantiles', () => {
    // 11 values 0 … 10: quantile 0.15 is 1.5, 0.85 is 8.5
    expectClose(winsorize([10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0.15), [8.5, 1.5, 1.5, 2, 3, 4, 5, 6, 7, 8, 8.5]);
  });

  it('takes tails of different size', () => {
    expectClose(winsorize([0, 1, 2, 3, 4], 0, 0.5), [0, 1, 2, 2, 2]);
  });

  it('keeps the order of values and stays between the extremes', () => {
    fc.assert(
      fc.property(withTiesAndHoles, fc.double({ min: 0, max: 0.5, noNaN: true }), (values, tail) => {
        const found = winsorize(values, tail);
        const present = values.filter((value) => !Number.isNaN(value));
        values.forEach((value, i) => {
          if (Number.isNaN(value)) return;
          expect(found[i]).toBeGreaterThanOrEqual(Math.min(...present));
          expect(found[i]).toBeLessThanOrEqual(Math.max(...present));
          values.forEach((other, j) => value <= other && expect(found[i]).toBeLessThanOrEqual(found[j]));
        });
      }),
    );
  });
});

describe('madZScore', () => {
  it('measures from the median in scaled median deviations', () => {
    // median 3, deviations 2 1 0 1 97, their median 1
    expectClose(madZScore([1, 2, 3, 4, 100]), [-2, -1, 0, 1, 97].map((gap) => gap / 1.4826));
  });

  it('does not care how far an outlier lies', () => {
    expect(Array.from(madZScore([1, 2, 3, 4, 100])).slice(0, 4)).toEqual(Array.from(madZScore([1, 2, 3, 4, 1e9])).slice(0, 4));
  });

  it('is NaN where most values are equal', () => {
    expect(Array.from(madZScore([1, 1, 1, 2]))).toEqual([NAN, NAN, NAN, NAN]);
  });
});
