import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { choleskyFactor, choleskySolve } from '../../src/math/cholesky.js';

/** A known example: Golub and Van Loan's kind, with whole numbers. */
const MATRIX = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);

const times = (matrix: ArrayLike<number>, x: ArrayLike<number>): number[] => Array.from({ length: x.length }, (_, i) => Array.from(x).reduce((sum, value, j) => sum + matrix[i * x.length + j] * value, 0));

describe('choleskyFactor', () => {
  it('is the lower factor', () => {
    expect(choleskyFactor(MATRIX, 3)).toEqual(Float64Array.of(2, 0, 0, 6, 1, 0, -8, 5, 3));
  });

  it('reads only the lower triangle', () => {
    const lower = Float64Array.from(MATRIX, (value, at) => (at % 3 > Math.floor(at / 3) ? Number.NaN : value));
    expect(choleskyFactor(lower, 3)).toEqual(choleskyFactor(MATRIX, 3));
  });

  it.each([
    ['a negative eigenvalue', [1, 2, 2, 1]],
    ['a row that follows from another', [1, 2, 2, 4]],
    ['a row that follows from another but for rounding', [1, 1 / 3, 1 / 3, (1 / 3) ** 2 + 1e-17]],
    ['zeros', [0, 0, 0, 1]],
    ['a hole', [1, Number.NaN, Number.NaN, 1]],
  ])('is none of a matrix with %s', (_, values) => {
    expect(choleskyFactor(Float64Array.from(values), 2)).toBeNull();
  });

  it('refuses a matrix that is not square', () => {
    expect(() => choleskyFactor(new Float64Array(5), 2)).toThrow('expected a square matrix of 2 × 2 numbers, found 5');
    expect(() => choleskySolve(new Float64Array(4), new Float64Array(3))).toThrow('expected a right side for a factor of 4 numbers, found one of 3');
  });
});

describe('choleskySolve', () => {
  it('solves what is known', () => {
    const x = choleskySolve(choleskyFactor(MATRIX, 3)!, Float64Array.from(times(MATRIX, [1, -2, 3])));
    expect(Array.from(x)).toEqual([1, -2, 3]);
  });

  it('solves any well-conditioned system', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(fc.property(fc.integer({ min: 1, max: 7 }).chain((size) => fc.tuple(fc.array(number, { minLength: size * size, maxLength: size * size }), fc.array(number, { minLength: size, maxLength: size }))), ([values, x]) => {
      const size = x.length;
      // B Bᵀ + I is positive definite
      const matrix = Float64Array.from({ length: size * size }, (_, at) => {
        const [i, j] = [Math.floor(at / size), at % size];
        let sum = i === j ? 1 : 0;
        for (let k = 0; k < size; k++) sum += values[i * size + k] * values[j * size + k];
        return sum;
      });
      const found = choleskySolve(choleskyFactor(matrix, size)!, Float64Array.from(times(matrix, x)));
      found.forEach((value, i) => expect(value).toBeCloseTo(x[i], 10));
    }));
  });
});
