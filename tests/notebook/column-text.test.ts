import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { columnText, isNumeric } from '../../src/notebook/column-text.js';

describe('numbers of a column', () => {
  it.each([
    [[1, 25, 300], ['1', '25', '300']],
    [[2017, 2018], ['2017', '2018']],
    [[12_345, 7], ['12,345', '7']],
    [[159.54, 16.5], ['159.54', '16.50']],
    [[0.1054, 0.26717], ['0.1054', '0.2672']],
    [[-0.5, 0.25], ['−0.50', '0.25']],
    [[1258, 0.00078], ['1,258', '0.00078']],
    [[0.0000000123], ['1.23e−8']],
    [[null, Number.NaN, 1.5], ['–', '–', '1.5']],
    [['a', 1.5, null], ['a', '1.5', '–']],
    [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1], ['Infinity', '−Infinity', '1']],
    [[0, -0], ['0', '0']],
    [[], []],
  ])('%j', (cells, expected) => {
    expect(columnText(cells)).toEqual(expected);
  });

  it('keep four digits of the usual value, and the same decimals', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 1, max: 9.99, noNaN: true }), { minLength: 1 }), (values) => {
      const written = columnText(values);
      values.forEach((value, i) => expect(Math.abs(Number(written[i]) - value)).toBeLessThanOrEqual(0.000501));
      expect(new Set(written.map((text) => text.split('.')[1]?.length ?? 0)).size).toBe(1);
    }));
  });

  it('are told from text', () => {
    expect(isNumeric([1, null])).toBe(true);
    expect(isNumeric([null])).toBe(false);
    expect(isNumeric(['1', 2])).toBe(false);
  });
});
