import { describe, expect, it } from 'vitest';

import { fromPosition } from '../../src/math/rolling/from-position.js';

describe('fromPosition', () => {
  it('asks for values from the first position on', () => {
    const asked: number[] = [];
    const values = fromPosition(5, 2, (t) => {
      asked.push(t);
      return 10 * t;
    });
    expect(asked).toEqual([2, 3, 4]);
    expect(Array.from(values)).toEqual([Number.NaN, Number.NaN, 20, 30, 40]);
  });

  it('makes what is not finite NaN', () => {
    expect(Array.from(fromPosition(4, 0, (t) => [1, 1, -1, 0][t] / [2, 0, 0, 0][t]))).toEqual([0.5, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('is all NaN when the series is shorter', () => {
    expect(Array.from(fromPosition(2, 5, () => 1))).toEqual([Number.NaN, Number.NaN]);
  });
});
