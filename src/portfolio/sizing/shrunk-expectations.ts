import { choleskyFactor, choleskySolve } from '../../math/cholesky.js';

/**
 * Expected returns drawn towards that of the portfolio of least variance (Jorion, 1986, Bayes-Stein estimation for portfolio analysis):
 * (1 − φ) μ + φ μ₀ 1 with μ₀ = 1'Σ⁻¹μ ÷ 1'Σ⁻¹1 and φ = (n + 2) ÷ (n + 2 + T (μ − μ₀1)'Σ⁻¹(μ − μ₀1)).
 *
 * T, in the unit of time of μ and Σ, is how long a history the expectations are worth: their errors are taken to be Σ ÷ T. A
 * singular Σ, which has no inverse, is read as that of unrelated names; the wider covariance that the paper derives is left out.
 */
export function shrunkExpectations(expected: Float64Array, covariance: Float64Array, years: number): { expected: Float64Array; intensity: number } {
  const size = expected.length;
  const divided = solver(covariance, size);
  const ones = divided(new Float64Array(size).fill(1));
  const centre = dot(ones, expected) / ones.reduce((sum, value) => sum + value, 0);
  const apart = expected.map((value) => value - centre);
  const intensity = (size + 2) / (size + 2 + years * Math.max(0, dot(apart, divided(apart))));
  return { expected: expected.map((value) => (1 - intensity) * value + intensity * centre), intensity };
}

/** Σ⁻¹ times a vector. */
function solver(covariance: Float64Array, size: number): (right: Float64Array) => Float64Array {
  const factor = choleskyFactor(covariance, size);
  if (factor !== null) return (right) => choleskySolve(factor, right);
  return (right) => right.map((value, i) => value / covariance[i * (size + 1)]);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
