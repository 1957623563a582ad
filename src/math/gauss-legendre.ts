import { InvariantError } from '../core/errors.js';

/** Points in (−1, 1), ascending, and weights that integrate polynomials of degree 2n − 1 exactly over [−1, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** More of Newton's steps than any root of a Legendre polynomial needs. */
const MAX_STEPS = 20;

/**
 * Gauss–Legendre rule of `count` points.
 *
 * @throws InvariantError when `count` is no positive integer
 * @see Abramowitz and Stegun (1964), 25.4.29; roots by Newton's method from cos(π (i + 3/4) / (n + 1/2))
 */
export function gaussLegendre(count: number): Quadrature {
  if (!Number.isInteger(count) || count < 1) throw new InvariantError(`expected a positive number of quadrature points, found ${count}`);
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < (count + 1) / 2; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0, moved = 1; step < MAX_STEPS && Math.abs(moved) > 1e-16; step++) {
      const [value, derivative] = legendre(count, x);
      slope = derivative;
      moved = value / derivative;
      x -= moved;
    }
    slope = legendre(count, x)[1];
    nodes[i] = -x;
    nodes[count - 1 - i] = x;
    weights[i] = weights[count - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  if (count % 2 === 1) nodes[(count - 1) / 2] = 0;
  return { nodes, weights };
}

/** Value and slope of the Legendre polynomial of degree n at |x| < 1. */
function legendre(degree: number, x: number): readonly [value: number, slope: number] {
  let before = 1;
  let value = x;
  for (let k = 2; k <= degree; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, (degree * (x * value - before)) / (x * x - 1)];
}
