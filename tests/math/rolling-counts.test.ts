import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rollingMeanOfWholes } from '../../src/math/rolling/counts.js';
import { rollingMean } from '../../src/math/rolling/sums.js';

const wholes = fc.array(fc.constantFrom(-1, 0, 1, Number.NaN), { maxLength: 60 });

describe('rollingMeanOfWholes', () => {
  it('is the mean of the window, bit for bit that of summing anew', () => {
    fc.assert(
      fc.property(wholes, fc.integer({ min: 1, max: 12 }), (values, window) => {
        expect(rollingMeanOfWholes(values, window)).toEqual(rollingMean(values, window));
      }),
    );
  });

  it('waits for a full window and for enough of it', () => {
    expect(Array.from(rollingMeanOfWholes([1, 0, Number.NaN, 1], 2, 1))).toEqual([Number.NaN, 0.5, 0, 1]);
    expect(Array.from(rollingMeanOfWholes([1, 0, Number.NaN, 1], 2))).toEqual([Number.NaN, 0.5, Number.NaN, Number.NaN]);
  });
});
