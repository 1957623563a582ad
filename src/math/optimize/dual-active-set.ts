import { InvariantError } from '../../core/errors.js';
import { choleskySolve } from '../cholesky.js';
import { ActiveFactor } from './active-factor.js';
import { limitScale, type QuadraticProgram } from './quadratic-program.js';

/** A constraint is broken when it is so by more than this share of the largest limit: less is rounding. */
const BROKEN = 1e-12;

/** Steps for each unknown before the search is given up; it needs about two. */
const STEPS_EACH = 50;

/** A programme with Q positive definite, given with its Cholesky factor. */
export interface StrictProgram extends QuadraticProgram {
  /** Row by row. */
  readonly lowerFactor: Float64Array;
}

export interface ActiveSetSolution {
  readonly x: Float64Array;
  /** Multiplier of the sum: what the objective would gain from one unit more of budget. */
  readonly budgetPrice: number;
}

/**
 * Minimum of a strictly convex quadratic programme by the dual active-set method: from the minimum without constraints, one
 * broken constraint after another is made to hold, until none is broken.
 *
 * Constraint k < n is xₖ ≥ lower, k < 2n is xₖ₋ₙ ≤ upper, 2n is the sum; each is read as normal · x ≥ limit.
 *
 * @see Goldfarb and Idnani (1983), A numerically stable dual method for solving strictly convex quadratic programs
 * @throws InvariantError when rounding keeps it from an end
 */
export function solveStrict(program: StrictProgram): ActiveSetSolution {
  const search = new Search(program);
  for (let broken = search.mostBroken(); broken !== null; broken = search.mostBroken()) search.enforce(broken);
  return search.solution();
}

class Search {
  readonly #program: StrictProgram;
  readonly #size: number;
  readonly #tolerance: number;
  readonly #factor: ActiveFactor;
  /** Active constraints, in the order of the factor, and their prices. */
  readonly #active: number[] = [];
  #prices: number[] = [];
  #x: Float64Array;
  #steps = 0;

  constructor(program: StrictProgram) {
    this.#program = program;
    this.#size = program.linear.length;
    this.#factor = new ActiveFactor(program.lowerFactor, this.#size);
    this.#x = choleskySolve(program.lowerFactor, Float64Array.from(program.linear));
    this.#tolerance = BROKEN * limitScale(program);
  }

  /** The constraint broken by most; the equality first. */
  mostBroken(): number | null {
    const { lower, upper, exact } = this.#program;
    const size = this.#size;
    const sum = 2 * size;
    const active = new Set(this.#active);
    if (exact && !active.has(sum)) return sum;
    let [worst, found] = [-this.#tolerance, null as number | null];
    for (let i = 0; i < size; i++) {
      if (active.has(i) || active.has(size + i)) continue;
      const slack = Math.min(this.#x[i] - lower[i], upper[i] - this.#x[i]);
      if (slack < worst) [worst, found] = [slack, this.#x[i] < lower[i] ? i : size + i];
    }
    if (!active.has(sum) && this.#slack(sum) / Math.sqrt(size) < worst) return sum;
    return found;
  }

  /** Makes a broken constraint hold, giving up active ones that stand in the way. */
  enforce(constraint: number): void {
    let price = 0;
    for (;;) {
      if (++this.#steps > STEPS_EACH * (this.#size + 2)) throw new InvariantError(`expected a solution within ${this.#steps - 1} steps, found none for a quadratic programme of ${this.#size} unknowns`, { code: 'NOT_CONVERGED' });
      const projected = this.#factor.project(this.#normal(constraint));
      const direction = this.#factor.prices(projected);
      const blocking = this.#blocking(direction);
      const full = this.#fullStep(constraint, projected);
      const step = Math.min(full, blocking.step);
      if (step === Infinity) throw infeasible(this.#program);
      if (full !== Infinity) this.#move(this.#factor.freeDirection(projected), step);
      this.#prices = this.#prices.map((value, k) => value - step * direction[k]);
      price += step;
      if (full <= blocking.step) {
        this.#factor.add(projected);
        this.#active.push(constraint);
        this.#prices.push(price);
        this.#settle();
        return;
      }
      this.#factor.drop(blocking.position);
      this.#active.splice(blocking.position, 1);
      this.#prices.splice(blocking.position, 1);
    }
  }

  /** The solution, with rounding of the way to it taken back. */
  solution(): ActiveSetSolution {
    for (let round = 0; round < 2; round++) this.#refine();
    const { lower, upper } = this.#program;
    const x = this.#x.map((value, i) => Math.min(upper[i], Math.max(lower[i], value)));
    for (const constraint of this.#active) {
      if (constraint < this.#size) x[constraint] = lower[constraint];
      else if (constraint < 2 * this.#size) x[constraint - this.#size] = upper[constraint - this.#size];
    }
    const at = this.#active.indexOf(2 * this.#size);
    return { x, budgetPrice: at < 0 ? 0 : this.#prices[at] };
  }

  /** Step at which the constraint holds; infinite where every way is blocked, which is only with as many active ones as unknowns. */
  #fullStep(constraint: number, projected: Float64Array): number {
    if (this.#factor.count === this.#size) return Infinity;
    let along = 0;
    for (let k = this.#factor.count; k < projected.length; k++) along += projected[k] * projected[k];
    return -this.#slack(constraint) / along;
  }

  /** The active inequality whose price is the first to fall to 0; ties by position. */
  #blocking(direction: Float64Array): { step: number; position: number } {
    let [step, position] = [Infinity, -1];
    this.#active.forEach((constraint, k) => {
      if (constraint === 2 * this.#size && this.#program.exact) return;
      const ratio = direction[k] > 0 ? Math.max(0, this.#prices[k]) / direction[k] : Infinity;
      if (ratio < step) [step, position] = [ratio, k];
    });
    return { step, position };
  }

  #refine(): void {
    const projected = this.#factor.project(gradient(this.#program, this.#x));
    this.#move(this.#factor.freeDirection(projected), -1);
    this.#prices = [...this.#factor.prices(projected)];
    this.#settle();
  }

  /** Takes back what rounding moved off the active constraints: from a far start that would look like others being broken. */
  #settle(): void {
    const missing = Float64Array.from(this.#active, (constraint) => -this.#slack(constraint));
    this.#move(this.#factor.towards(missing), 1);
  }

  #move(direction: Float64Array, step: number): void {
    this.#x = this.#x.map((value, i) => value + step * direction[i]);
  }

  #normal(constraint: number): Float64Array {
    const normal = new Float64Array(this.#size);
    if (constraint === 2 * this.#size) normal.fill(-1);
    else normal[constraint % this.#size] = constraint < this.#size ? 1 : -1;
    return normal;
  }

  /** normal · x − limit. */
  #slack(constraint: number): number {
    const { lower, upper, budget } = this.#program;
    if (constraint < this.#size) return this.#x[constraint] - lower[constraint];
    if (constraint < 2 * this.#size) return upper[constraint - this.#size] - this.#x[constraint - this.#size];
    return budget - this.#x.reduce((sum, value) => sum + value, 0);
  }
}

/** Q x − c. */
function gradient({ quadratic, linear }: QuadraticProgram, x: Float64Array): Float64Array {
  return x.map((_, i) => {
    let sum = -linear[i];
    for (let j = 0; j < x.length; j++) sum += quadratic[i * x.length + j] * x[j];
    return sum;
  });
}

function infeasible({ budget }: QuadraticProgram): InvariantError {
  return new InvariantError(`expected limits that some x keeps to, found none for the budget ${budget}`, { code: 'INFEASIBLE' });
}
