import { describe, expect, it } from 'vitest';

import { searchPlane } from '../../../src/options/surface/plane-search.js';

const options = { stepX: 0.5, stepY: 0.5, tolerance: 1e-14, evaluations: 400 };
const search = (f: (x: number, y: number) => number, x: number, y: number): ReturnType<typeof searchPlane> => searchPlane(f, { x, y, value: f(x, y) }, options);

describe('searchPlane', () => {
  it('finds the bottom of a bowl and of a bent valley', () => {
    const bowl = search((x, y) => 3 + (x - 1) ** 2 + 4 * (y + 2) ** 2, 5, 5);
    expect([bowl.x, bowl.y, bowl.value]).toEqual([expect.closeTo(1, 5), expect.closeTo(-2, 5), expect.closeTo(3, 9)]);
    const valley = search((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, -1.2, 1);
    expect([valley.x, valley.y]).toEqual([expect.closeTo(1, 3), expect.closeTo(1, 3)]);
  });

  it('stays where values are finite', () => {
    const found = search((x, y) => (x < 0 ? Infinity : y > 1 ? Number.NaN : (x + 1) ** 2 + (y - 2) ** 2), 3, 0);
    expect(found.x).toBeGreaterThanOrEqual(0);
    expect([found.x, found.y]).toEqual([expect.closeTo(0, 1), expect.closeTo(1, 1)]);
  });

  it('never gives more than the start', () => {
    expect(search(() => 7, 0, 0).value).toBe(7);
    expect(searchPlane(() => Number.NaN, { x: 1, y: 2, value: 5 }, options)).toEqual({ x: 1, y: 2, value: 5 });
  });

  it('asks no more often than allowed, but for one shrinking', () => {
    let asked = 0;
    searchPlane((x, y) => (asked++, x * x + y * y + Math.sin(9 * x)), { x: 3, y: 3, value: 19 }, { ...options, evaluations: 20 });
    expect(asked).toBeLessThanOrEqual(23);
  });
});
