import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { gaussLegendre } from '../../src/math/gauss-legendre.js';

const integral = (count: number, f: (x: number) => number): number => {
  const { nodes, weights } = gaussLegendre(count);
  return nodes.reduce((sum, x, k) => sum + weights[k] * f(x), 0);
};

describe('the Gauss–Legendre rule', () => {
  // Abramowitz and Stegun (1964), table 25.4
  it('has the points and weights of the tables', () => {
    const { nodes, weights } = gaussLegendre(5);
    [-0.906179845938664, -0.538469310105683, 0, 0.538469310105683, 0.906179845938664].forEach((x, k) => expect(nodes[k]).toBeCloseTo(x, 14));
    [0.23692688505618908, 0.47862867049936647, 0.5688888888888889, 0.47862867049936647, 0.23692688505618908].forEach((w, k) => expect(weights[k]).toBeCloseTo(w, 14));
  });

  it.each([1, 2, 3, 7, 16, 27, 81])('of %d points integrates powers up to 2n − 1, and no further', (count) => {
    for (let power = 0; power < 2 * count; power++) expect(integral(count, (x) => x ** power)).toBeCloseTo(power % 2 === 0 ? 2 / (power + 1) : 0, 13);
    if (count <= 7) expect(Math.abs(integral(count, (x) => x ** (2 * count)) - 2 / (2 * count + 1))).toBeGreaterThan(1e-5);
  });

  it('has ascending points inside of the interval', () => {
    const { nodes } = gaussLegendre(80);
    expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
    expect(nodes[0]).toBeGreaterThan(-1);
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses %d points', (count) => {
    expect(() => gaussLegendre(count)).toThrow(InvariantError);
  });
});
