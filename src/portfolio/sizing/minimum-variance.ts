import { solveQuadraticProgram } from '../../math/optimize/solve-quadratic-program.js';
import { filledBook, mostTogether } from './filled-book.js';
import type { Sizing } from './sizing.js';

/** Long-only weights of the least variance for their sum, each at most `maxWeight`; how large, see `filledBook`. */
export const minimumVariance: Sizing = {
  name: 'minimum-variance',
  describe: 'names share the book so that its variance is the least possible, long only',
  source: 'Markowitz (1952), Portfolio selection; with largest weights as in Jagannathan and Ma (2003), Risk reduction in large portfolios',
  needsCovariance: true,
  weights: (input) =>
    filledBook(input, minimumVariance, ({ covariance, at: { length } }) => ({
      most: mostTogether(input, length),
      weightsAt: (total) => solveQuadraticProgram({ quadratic: covariance, linear: new Float64Array(length), lower: new Float64Array(length), upper: new Float64Array(length).fill(input.maxWeight), budget: total, exact: true }).x,
    })),
};
