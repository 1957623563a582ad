import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ascendingOrder } from '../../src/math/ascending-order.js';

describe('ascendingOrder', () => {
  it('gives the positions of the present values, equals in the order they came', () => {
    expect(Array.from(ascendingOrder([3, Number.NaN, 1, 3, -Infinity, 0, -0]))).toEqual([4, 5, 6, 2, 0, 3]);
    expect(Array.from(ascendingOrder([]))).toEqual([]);
    expect(Array.from(ascendingOrder([Number.NaN]))).toEqual([]);
  });

  it('equals a stable sort by comparison, whatever the length', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN), fc.double({ noNaN: true }));
    const lengths = [...Array.from({ length: 40 }, (_, i) => i), 63, 64, 65, 200, 257];
    fc.assert(
      fc.property(fc.constantFrom(...lengths).chain((length) => fc.array(value, { minLength: length, maxLength: length })), (values) => {
        const expected = [...values.keys()].filter((i) => !Number.isNaN(values[i])).sort((a, b) => (values[a] < values[b] ? -1 : Number(values[a] > values[b])));
        expect(Array.from(ascendingOrder(values))).toEqual(expected);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
