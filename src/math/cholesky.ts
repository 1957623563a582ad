import { InvariantError } from '../core/errors.js';

/** A pivot below this share of its diagonal entry is only rounding: the row depends on those before it. */
const DEPENDENT = 1e-13;

/**
 * Lower factor L with A = L Lᵀ, row by row [n, n], of a symmetric positive definite matrix; only its lower triangle is read.
 *
 * @returns `null` when the matrix is not positive definite, or no more so than rounding makes it
 * @see Golub and Van Loan (2013), algorithm 4.2.1
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | null {
  if (matrix.length !== size * size) throw new InvariantError(`expected a square matrix of ${size} × ${size} numbers, found ${matrix.length}`);
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j];
      for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k];
      if (i !== j) factor[i * size + j] = rest / factor[j * size + j];
      else if (!(rest > DEPENDENT * matrix[i * size + i])) return null;
      else factor[i * size + i] = Math.sqrt(rest);
    }
  }
  return factor;
}

/** Solution x of L Lᵀ x = b. */
export function choleskySolve(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  if (factor.length !== size * size) throw new InvariantError(`expected a right side for a factor of ${factor.length} numbers, found one of ${size}`);
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * size + k] * x[k];
    x[i] /= factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= factor[k * size + i] * x[k];
    x[i] /= factor[i * size + i];
  }
  return x;
}
