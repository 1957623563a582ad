/**
 * Orthogonal factors of the active constraints of a strictly convex quadratic programme (Goldfarb and Idnani, 1983):
 * J with J Jᵀ = Q⁻¹, and R upper triangular with Jᵀ N = [R; 0] for the normals N of the active constraints.
 *
 * Columns are kept contiguous, since that is how they are turned into each other.
 */
export class ActiveFactor {
  /** How many constraints are active. */
  count = 0;
  readonly #size: number;
  /** J, column by column. */
  readonly #basis: Float64Array[];
  /** R, column by column. */
  readonly #triangle: Float64Array[] = [];

  /** @param lower L of Q = L Lᵀ, [size, size] row by row */
  constructor(lower: Float64Array, size: number) {
    this.#size = size;
    this.#basis = Array.from({ length: size }, (_, column) => transposedInverseColumn(lower, size, column));
  }

  /** Jᵀ v. */
  project(vector: Float64Array): Float64Array {
    return Float64Array.from(this.#basis, (column) => dot(column, vector));
  }

  /** Way from here that leaves the active constraints as they are: J₂ d₂ of d = Jᵀ n. */
  freeDirection(projected: Float64Array): Float64Array {
    return this.#combine(projected, this.count, this.#size);
  }

  /** Smallest way, in the measure of Q, that changes the active constraints by `changes`: J₁ R⁻ᵀ e. */
  towards(changes: Float64Array): Float64Array {
    const solved = changes.slice();
    for (let i = 0; i < this.count; i++) {
      for (let k = 0; k < i; k++) solved[i] -= this.#triangle[i][k] * solved[k];
      solved[i] /= this.#triangle[i][i];
    }
    return this.#combine(solved, 0, this.count);
  }

  /** What the active constraints' prices would be for a gradient J d: R⁻¹ d₁. */
  prices(projected: Float64Array): Float64Array {
    const solved = projected.slice(0, this.count);
    for (let i = this.count - 1; i >= 0; i--) {
      solved[i] /= this.#triangle[i][i];
      for (let k = 0; k < i; k++) solved[k] -= this.#triangle[i][k] * solved[i];
    }
    return solved;
  }

  /** Makes a constraint the last active one; `projected` = Jᵀ n of its normal. */
  add(projected: Float64Array): void {
    const column = projected.slice();
    for (let k = this.#size - 1; k > this.count; k--) {
      if (column[k] === 0) continue;
      const length = Math.hypot(column[k - 1], column[k]);
      rotate(this.#basis[k - 1], this.#basis[k], column[k - 1] / length, column[k] / length);
      column[k - 1] = length;
      column[k] = 0;
    }
    this.#triangle.push(column);
    this.count++;
  }

  /** Takes out the active constraint at a position. */
  drop(position: number): void {
    this.#triangle.splice(position, 1);
    this.count--;
    for (let j = position; j < this.count; j++) {
      const below = this.#triangle[j][j + 1];
      const length = Math.hypot(this.#triangle[j][j], below);
      if (length === 0) continue;
      const [cosine, sine] = [this.#triangle[j][j] / length, below / length];
      rotate(this.#basis[j], this.#basis[j + 1], cosine, sine);
      for (let k = j; k < this.count; k++) rotateEntries(this.#triangle[k], j, cosine, sine);
    }
  }

  #combine(factors: Float64Array, from: number, to: number): Float64Array {
    const sum = new Float64Array(this.#size);
    for (let k = from; k < to; k++) for (let i = 0; i < sum.length; i++) sum[i] += factors[k] * this.#basis[k][i];
    return sum;
  }
}

/** L⁻ᵀ e_column; zero below the column. */
function transposedInverseColumn(lower: Float64Array, size: number, column: number): Float64Array {
  const x = new Float64Array(size);
  x[column] = 1;
  for (let i = column; i >= 0; i--) {
    x[i] /= lower[i * size + i];
    for (let k = 0; k < i; k++) x[k] -= lower[i * size + k] * x[i];
  }
  return x;
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    a[i] = cosine * x + sine * y;
    b[i] = cosine * y - sine * x;
  }
}

function rotateEntries(column: Float64Array, at: number, cosine: number, sine: number): void {
  const [x, y] = [column[at], column[at + 1]];
  column[at] = cosine * x + sine * y;
  column[at + 1] = cosine * y - sine * x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
