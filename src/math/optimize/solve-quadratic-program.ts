import { InvariantError } from '../../core/errors.js';
import { choleskyFactor } from '../cholesky.js';
import { solveStrict, type ActiveSetSolution } from './dual-active-set.js';
import { limitScale, requireProgram, type QuadraticProgram } from './quadratic-program.js';

export interface QuadraticSolution extends ActiveSetSolution {
  /** Programmes with a positive definite Q that it took: one unless Q is (nearly) singular. */
  readonly rounds: number;
}

/** With a pivot below this share of its diagonal entry, Q counts as singular. */
const SINGULAR = 1e-9;

/** What is added to the diagonal of a singular Q, as a share of its mean, and at least what keeps x within ten million times its limits. */
const PROXIMAL = { quadratic: 1e-8, linear: 1e-7 } as const;

/** Rounds end when what holds x in place is this small beside the terms of Qx − c; after the last round the second will do. */
const STATIONARY = { aim: 1e-12, enough: 1e-9 } as const;
const MAX_ROUNDS = 50;

/**
 * The x of a convex quadratic programme, exact but for rounding; the same input gives the same output.
 *
 * A singular Q is made definite by ρ/2 ‖x − xₖ‖² and solved again from each solution until it stays (proximal-point method,
 * Rockafellar, 1976; for quadratic programmes Bemporad, 2018); it begins at the x within the bounds nearest to 0.
 *
 * @throws InvariantError `INFEASIBLE` when no x keeps to the limits; when sizes differ or a number is missing
 */
export function solveQuadraticProgram(program: QuadraticProgram): QuadraticSolution {
  requireProgram(program);
  const size = program.linear.length;
  if (size === 0) return { x: new Float64Array(0), budgetPrice: 0, rounds: 0 };
  const lowerFactor = choleskyFactor(program.quadratic, size);
  if (lowerFactor !== null && smallestPivot(lowerFactor, program.quadratic, size) > SINGULAR) return { ...solveStrict({ ...program, lowerFactor }), rounds: 1 };
  return solveSingular(program);
}

function solveSingular(program: QuadraticProgram): QuadraticSolution {
  const { quadratic, linear, lower, upper } = program;
  const size = linear.length;
  const rho = proximalWeight(program);
  const definite = quadratic.map((value, at) => (at % (size + 1) === 0 ? value + rho : value));
  const lowerFactor = choleskyFactor(definite, size);
  if (lowerFactor === null) throw new InvariantError('expected a positive semidefinite matrix, found one with a negative eigenvalue in a quadratic programme', { code: 'NOT_CONVEX' });
  const scale = gradientScale(program) || rho * limitScale(program);
  let centre = Float64Array.from(linear, (_, i) => Math.min(upper[i], Math.max(lower[i], 0)));
  for (let rounds = 1; rounds <= MAX_ROUNDS; rounds++) {
    const solution = solveStrict({ ...program, quadratic: definite, lowerFactor, linear: centre.map((value, i) => linear[i] + rho * value) });
    const moved = solution.x.reduce((most, value, i) => Math.max(most, Math.abs(value - centre[i])), 0);
    if (rho * moved <= (rounds < MAX_ROUNDS ? STATIONARY.aim : STATIONARY.enough) * scale) return { ...solution, rounds };
    centre = solution.x.slice();
  }
  throw new InvariantError(`expected a solution within ${MAX_ROUNDS} rounds, found none for a singular quadratic programme of ${size} unknowns`, { code: 'NOT_CONVERGED' });
}

function proximalWeight(program: QuadraticProgram): number {
  const size = program.linear.length;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += program.quadratic[i * (size + 1)];
  const weight = Math.max((PROXIMAL.quadratic * trace) / size, (PROXIMAL.linear * largest(program.linear)) / (limitScale(program) || 1));
  return weight > 0 ? weight : 1;
}

/** Size of the terms that cancel in Qx − c. */
function gradientScale(program: QuadraticProgram): number {
  return largest(program.quadratic) * limitScale(program) + largest(program.linear);
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

function smallestPivot(factor: Float64Array, matrix: Float64Array, size: number): number {
  let least = 1;
  for (let at = 0; at < factor.length; at += size + 1) least = Math.min(least, factor[at] ** 2 / matrix[at]);
  return least;
}
