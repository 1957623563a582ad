import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { centredRanks } from '../../src/math/rank.js';

/** Ranks by counting: those below, and half of those beside. */
function slowRanks(values: readonly number[]): number[] {
  const count = values.filter((value) => !Number.isNaN(value)).length;
  return values.map((value) => {
    if (Number.isNaN(value)) return Number.NaN;
    const below = values.filter((other) => other < value).length;
    const beside = values.filter((other) => other === value).length - 1;
    return count === 1 ? 0 : (below + beside / 2) / (count - 1) - 0.5;
  });
}

const withTiesAndHoles = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN), fc.double({ min: -5, max: 5, noNaN: true })), { maxLength: 40 });

describe('centredRanks', () => {
  it('stretches ranks from −½ to ½', () => {
    expect(Array.from(centredRanks([30, 10, 20]))).toEqual([0.5, -0.5, 0]);
  });

  it('gives ties their mean rank', () => {
    expect(Array.from(centredRanks([1, 2, 2, 3]))).toEqual([-0.5, 0, 0, 0.5]);
    expect(Array.from(centredRanks([7, 7, 7]))).toEqual([0, 0, 0]);
  });

  it('leaves NaN where it is and ranks the others among themselves', () => {
    expect(Array.from(centredRanks([Number.NaN, 5, Number.NaN, 1]))).toEqual([Number.NaN, 0.5, Number.NaN, -0.5]);
  });

  it('puts a lone value in the middle', () => {
    expect(Array.from(centredRanks([42]))).toEqual([0]);
    expect(Array.from(centredRanks([Number.NaN, -3]))).toEqual([Number.NaN, 0]);
  });

  it('gives nothing for nothing', () => {
    expect(centredRanks([])).toHaveLength(0);
    expect(Array.from(centredRanks([Number.NaN]))).toEqual([Number.NaN]);
  });

  it('equals counting', () => {
    fc.assert(
      fc.property(withTiesAndHoles, (values) => {
        const expected = slowRanks(values);
        Array.from(centredRanks(values)).forEach((rank, i) => (Number.isNaN(expected[i]) ? expect(rank).toBeNaN() : expect(rank).toBeCloseTo(expected[i], 12)));
      }),
    );
  });

  it('does not change when the values are stretched, and leaves them alone', () => {
    fc.assert(
      fc.property(withTiesAndHoles, (values) => {
        const before = [...values];
        const ranks = centredRanks(values);
        expect(values).toEqual(before);
        expect(centredRanks(values.map((value) => 8 * value))).toEqual(ranks);
      }),
    );
  });
});
