import type { Symmetric } from './symmetric.js';

const MAX_ITERATIONS = 200;
const TOLERANCE = 1e-10;

/**
 * Largest eigenvalue of the matrix with ones on the diagonal, by power iteration from equal weights; pairs without a measure count as 0.
 *
 * The Rayleigh quotient of a symmetric matrix converges with the square of the ratio of the two largest eigenvalues: for
 * correlations of stocks within a few steps.
 */
export function leadingEigenvalue({ size, upper }: Symmetric): number {
  if (size === 0) return Number.NaN;
  let vector: Float64Array = new Float64Array(size).fill(1 / Math.sqrt(size));
  let value = Number.NaN;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const next = vector.slice();
    for (let i = 0, at = 0; i < size; i++) {
      const own = vector[i];
      let sum = 0;
      for (let j = i + 1; j < size; j++, at++) {
        const measure = upper[at];
        if (measure !== measure) continue;
        sum += measure * vector[j];
        next[j] += measure * own;
      }
      next[i] += sum;
    }
    const before = value;
    value = next.reduce((sum, component, i) => sum + component * vector[i], 0);
    const length = Math.sqrt(next.reduce((sum, component) => sum + component * component, 0));
    if (!(length > 0) || Math.abs(value - before) <= TOLERANCE * Math.abs(value)) break;
    vector = next.map((component) => component / length);
  }
  return value;
}
