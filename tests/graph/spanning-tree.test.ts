import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { correlationDistance, spanningTree } from '../../src/graph/spanning-tree.js';
import { componentCount } from '../../src/graph/stability/components.js';
import { pairCount, pairValue, type Symmetric } from '../../src/graph/symmetric.js';

const matrix = fc.integer({ min: 0, max: 15 }).chain((size) => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: pairCount(size), maxLength: pairCount(size) }).map((values): Symmetric => ({ size, upper: Float64Array.from(values) })));

/** Total distance of the tree that Kruskal's way of building gives. */
function kruskalLength(measure: Symmetric): number {
  const pairs = Array.from({ length: measure.size }, (_, i) => Array.from({ length: measure.size - i - 1 }, (__, k) => [i, i + 1 + k] as const)).flat();
  const group = Array.from({ length: measure.size }, (_, i) => i);
  let total = 0;
  for (const [i, j] of pairs.sort((a, b) => pairValue(measure, ...b) - pairValue(measure, ...a))) {
    const [a, b] = [group[i], group[j]];
    if (a === b) continue;
    group.forEach((one, node) => (group[node] = one === b ? a : one));
    total += correlationDistance(pairValue(measure, i, j));
  }
  return total;
}

describe('spanningTree', () => {
  it('joins all nodes at the least distance', () => {
    fc.assert(fc.property(matrix, (measure) => {
      const tree = spanningTree(measure);
      expect(tree.source).toHaveLength(Math.max(0, measure.size - 1));
      expect(componentCount(measure.size, tree)).toBe(Math.min(1, measure.size));
      tree.source.forEach((i, at) => {
        expect(i).toBeLessThan(tree.target[at]);
        expect(tree.weight[at]).toBe(pairValue(measure, i, tree.target[at]));
      });
      expect(tree.weight.reduce((sum, value) => sum + correlationDistance(value), 0)).toBeCloseTo(kruskalLength(measure), 9);
    }), { numRuns: 200, seed: 21 });
  });

  it('is a forest where pairs have no measure', () => {
    const { source, target } = spanningTree({ size: 4, upper: Float64Array.of(0.5, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0.2) });
    expect([...source].map((i, at) => [i, target[at]])).toEqual([[0, 1], [2, 3]]);
  });

  it('has the distance 0 at 1, √2 without correlation and 2 at −1', () => {
    expect([1, 0, -1, 1 + 1e-16].map(correlationDistance)).toEqual([0, Math.SQRT2, 2, 0]);
  });
});
