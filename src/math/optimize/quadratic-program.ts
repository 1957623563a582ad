import { InvariantError } from '../../core/errors.js';

/** ½ xᵀQx − cᵀx, to be made as small as can be with lower ≤ x ≤ upper and Σx ≤ budget, or = budget. */
export interface QuadraticProgram {
  /** Q, [n, n] row by row, symmetric, positive semidefinite. */
  readonly quadratic: Float64Array;
  /** c, [n]. */
  readonly linear: ArrayLike<number>;
  /** [n], finite. */
  readonly lower: ArrayLike<number>;
  /** [n], finite. */
  readonly upper: ArrayLike<number>;
  /** Finite. */
  readonly budget: number;
  /** Whether the sum is to be the budget, not at most that. */
  readonly exact: boolean;
}

/** How far limits may miss each other by rounding, as a share of the largest. */
const ROUNDING = 1e-12;

/** Largest size of what x may be. */
export function limitScale({ lower, upper, budget }: QuadraticProgram): number {
  let scale = Math.abs(budget);
  for (let i = 0; i < lower.length; i++) scale = Math.max(scale, Math.abs(lower[i]), Math.abs(upper[i]));
  return scale;
}

/** @throws InvariantError `INFEASIBLE` when no x keeps to the limits; when sizes differ or a number is missing */
export function requireProgram(program: QuadraticProgram): void {
  const { quadratic, linear, lower, upper, budget, exact } = program;
  const size = linear.length;
  if (quadratic.length !== size * size || lower.length !== size || upper.length !== size) {
    throw new InvariantError(`expected a matrix of ${size} × ${size} and ${size} limits on both sides, found ${quadratic.length}, ${lower.length} and ${upper.length} numbers in a quadratic programme`);
  }
  for (const [name, values] of [['matrix', quadratic], ['linear term', linear], ['lower limits', lower], ['upper limits', upper], ['budget', [budget]]] as const) {
    const at = Array.from(values).findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new InvariantError(`expected finite numbers, found ${values[at]} at ${at} of the ${name} of a quadratic programme`);
  }
  let [least, most] = [0, 0];
  for (let i = 0; i < size; i++) {
    if (lower[i] > upper[i]) throw new InvariantError(`expected lower ≤ upper, found ${lower[i]} > ${upper[i]} for unknown ${i} of a quadratic programme`, { code: 'INFEASIBLE' });
    least += lower[i];
    most += upper[i];
  }
  const rounding = ROUNDING * limitScale(program);
  if (least > budget + rounding) throw new InvariantError(`expected a budget of at least ${least}, the sum of the lower limits, found ${budget} in a quadratic programme`, { code: 'INFEASIBLE' });
  if (exact && most < budget - rounding) throw new InvariantError(`expected a budget of at most ${most}, the sum of the upper limits, found ${budget} in a quadratic programme`, { code: 'INFEASIBLE' });
}
