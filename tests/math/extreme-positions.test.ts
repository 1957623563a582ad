import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { firstMaxPosition, firstMinPosition } from '../../src/math/rolling/extreme-positions.js';

/** Few different values, so that there are ties; some missing. */
const values = fc.array(fc.constantFrom(1, 2, 3, 4, Number.NaN), { minLength: 1, maxLength: 30 });

describe('positions of extremes', () => {
  it('count from the oldest of the window and take the first of equals', () => {
    const found = firstMaxPosition([1, 3, 2, 3, 0], 3);
    expect(Array.from(found)).toEqual([Number.NaN, Number.NaN, 2, 1, 2]);
    expect(Array.from(firstMinPosition([1, 3, 2, 3, 0], 3)).slice(2)).toEqual([1, 2, 3]);
  });

  it('equal a search through each window', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), (given, window) => {
        const [highest, lowest] = [firstMaxPosition(given, window, 1), firstMinPosition(given, window, 1)];
        given.forEach((_, t) => {
          const seen = t < window - 1 ? [] : given.slice(t - window + 1, t + 1);
          const present = seen.filter((value) => !Number.isNaN(value));
          expect(highest[t]).toBe(present.length === 0 ? Number.NaN : seen.indexOf(Math.max(...present)) + 1);
          expect(lowest[t]).toBe(present.length === 0 ? Number.NaN : seen.indexOf(Math.min(...present)) + 1);
        });
      }),
      { seed: 1 },
    );
  });

  it('are NaN where more than a fifth of the window is missing', () => {
    expect(Array.from(firstMaxPosition([1, Number.NaN, 5, 2, 1, 1], 5)).slice(4)).toEqual([3, 2]);
    expect(firstMaxPosition([1, Number.NaN, 5, Number.NaN, 1], 5)[4]).toBeNaN();
  });
});
