import { solveQuadraticProgram } from '../../math/optimize/solve-quadratic-program.js';
import { filledBook } from './filled-book.js';
import { shrunkExpectations } from './shrunk-expectations.js';
import type { Sizing } from './sizing.js';

export interface MeanVarianceSettings {
  /** γ, > 0. */
  readonly riskAversion: number;
  /** Years of returns whose mean would be as precise as an expected return. */
  readonly expectationYears: number;
}

/**
 * Long-only weights that maximize μ'w − ½ γ w'Σw, each at most `maxWeight`, with μ drawn together by `shrunkExpectations`.
 *
 * Where that is more volatile than `filledBook` allows, γ is raised until it is not. A name whose expected return is unknown
 * gets no weight and says nothing about the others; nor do names get weight that only lose.
 */
export function meanVariance({ riskAversion, expectationYears }: MeanVarianceSettings): Sizing {
  const needs = { name: 'mean-variance', needsCovariance: true, needsExpected: true };
  return {
    name: needs.name,
    describe: 'most expected return for its variance, long only, with expected returns drawn towards their common mean',
    source: 'Markowitz (1952), Portfolio selection; Jorion (1986), Bayes-Stein estimation for portfolio analysis',
    needsCovariance: needs.needsCovariance,
    weights: (input) =>
      filledBook(input, needs, ({ covariance, expected: given, at: { length } }) => {
        const { expected } = shrunkExpectations(given, covariance, expectationYears);
        const limits = { lower: new Float64Array(length), upper: new Float64Array(length).fill(input.maxWeight), budget: input.budget, exact: false };
        return { most: 1 / riskAversion, weightsAt: (tolerance) => solveQuadraticProgram({ quadratic: covariance, linear: expected.map((value) => tolerance * value), ...limits }).x };
      }),
  };
}
