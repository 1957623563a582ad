import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { neighbourEdges } from '../../src/graph/neighbour-edges.js';
import { pairCount, pairValue, type Symmetric } from '../../src/graph/symmetric.js';
import { NeighbourSearch, topNeighbours } from '../../src/graph/top-neighbours.js';

/** Few different values, so that ties are frequent; NaN too. */
const matrix = fc.integer({ min: 0, max: 14 }).chain((size) =>
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -6, max: 6 }).map((value) => value / 6) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }), { minLength: pairCount(size), maxLength: pairCount(size) }).map((values): Symmetric => ({ size, upper: Float64Array.from(values) })),
);

/** By sorting every row. */
function slowNeighbours(measure: Symmetric, k: number): number[][] {
  return Array.from({ length: measure.size }, (_, i) => {
    const others = Array.from({ length: measure.size }, (__, j) => j).filter((j) => j !== i && !Number.isNaN(pairValue(measure, i, j)));
    return others.sort((a, b) => Math.abs(pairValue(measure, i, b)) - Math.abs(pairValue(measure, i, a)) || a - b).slice(0, k);
  });
}

function targets(found: ReturnType<typeof topNeighbours>): number[][] {
  return Array.from({ length: found.size }, (_, i) => [...found.target.subarray(i * found.count, (i + 1) * found.count)].filter((j) => j >= 0));
}

describe('topNeighbours', () => {
  it('finds the strongest of each row, of equal ones those with the smaller index', () => {
    fc.assert(fc.property(matrix, fc.integer({ min: 1, max: 16 }), (measure, k) => {
      const found = topNeighbours(measure, k);
      expect(targets(found)).toEqual(slowNeighbours(measure, k));
      found.target.forEach((j, at) => expect(found.weight[at]).toBe(j < 0 ? Number.NaN : pairValue(measure, Math.floor(at / found.count), j)));
    }), { numRuns: 300, seed: 11 });
  });

  it('finds the same after any other matrices', () => {
    fc.assert(fc.property(fc.array(matrix, { minLength: 2, maxLength: 5 }), fc.integer({ min: 1, max: 5 }), (measures, k) => {
      const search = new NeighbourSearch(k);
      for (const measure of measures) expect(search.top(measure)).toEqual(topNeighbours(measure, k));
    }), { numRuns: 200, seed: 12 });
    // of the same size, where what was found before is used
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 66, maxLength: 66 }), { minLength: 2, maxLength: 6 }), (measures) => {
      const search = new NeighbourSearch(3);
      for (const values of measures) {
        const measure = { size: 12, upper: Float64Array.from(values, (value) => value / 9) };
        expect(targets(search.top(measure))).toEqual(slowNeighbours(measure, 3));
      }
    }), { numRuns: 200, seed: 13 });
  });
});

describe('neighbourEdges', () => {
  it('keeps those that reach the threshold, opposite ones too', () => {
    const found = topNeighbours({ size: 3, upper: Float64Array.of(0.5, -0.6, 0.1) }, 2);
    const { source, target, weight } = neighbourEdges(found, 0.5);
    expect([...source].map((i, at) => [i, target[at], weight[at]])).toEqual([[0, 2, -0.6], [0, 1, 0.5], [1, 0, 0.5], [2, 0, -0.6]]);
  });
});
