import { describe, expect, it } from 'vitest';

import { singleLinkageOrder } from '../../../src/portfolio/sizing/single-linkage.js';

/** Distances of points on a line. */
const line = (...places: number[]): Float64Array => Float64Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))));

describe('singleLinkageOrder', () => {
  it('puts neighbours together, the older group first', () => {
    // 1 and 3 join first, then 0 and 4, then these two groups; 2 joins last and, existing first, stands first
    expect(singleLinkageOrder(line(0, 10, 99, 11, 2), 5)).toEqual([2, 1, 3, 0, 4]);
  });

  it('takes what is equal in the order of the points', () => {
    expect(singleLinkageOrder(new Float64Array(16), 4)).toEqual([3, 2, 0, 1]);
  });

  it('walks a chain of thousands', () => {
    const places = Array.from({ length: 1500 }, (_, i) => i * i);
    expect(new Set(singleLinkageOrder(line(...places), places.length)).size).toBe(1500);
  });

  it('knows one point and none', () => {
    expect(singleLinkageOrder(new Float64Array(1), 1)).toEqual([0]);
    expect(singleLinkageOrder(new Float64Array(0), 0)).toEqual([]);
  });
});
