import { InvariantError } from '../core/errors.js';
import { pairCount, rowStart } from './symmetric.js';
import { windowReturns, type ReturnTable } from './window-returns.js';

/**
 * Largest ratio of what a node's variation has been since its sums were made to its variation now. A return that was
 * extreme leaves its rounding errors behind when it goes; beyond this ratio the sums of its node are made anew.
 */
const MAX_DECAY = 1e3;

/** What is kept by node. */
interface NodeSums {
  /** Row of the table of returns, ascending. [node] */
  readonly rows: Int32Array;
  readonly mean: Float64Array;
  /** Σ (x − mean)² */
  readonly variation: Float64Array;
  /** Largest variation since the node's sums were made. */
  readonly peak: Float64Array;
}

/** What a step adds to the products of two nodes and takes away from them: u_i u_j − v_i v_j. */
interface Step {
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/**
 * Sums of products of the centred returns of every two nodes over a moving window of w sessions.
 *
 * With a and b the entering and the leaving return less the mean before, the mean moves by (a − b)/w and the products by
 * a a' − b b' − (a − b)(a − b)'/w. That matrix has rank two, one positive and one negative direction, so a step is a single
 * pass u u' − v v' over the pairs instead of one pass for each session of the window, and what is kept stays centred.
 */
export class RollingSums {
  readonly #table: ReturnTable;
  readonly #window: number;
  #nodes: NodeSums = { rows: new Int32Array(0), mean: new Float64Array(0), variation: new Float64Array(0), peak: new Float64Array(0) };
  /** Σ (x_i − mean_i)(x_j − mean_j), [pair] */
  #products: Float64Array = new Float64Array(0);
  #session = -1;

  constructor(table: ReturnTable, window: number) {
    this.#table = table;
    this.#window = window;
  }

  /** Makes all sums anew for the window that ends at session (position) t; none of the rows has a gap or equal returns only. */
  restart(t: number, rows: Int32Array): void {
    const { centred, mean, variation } = windowReturns(this.#table, rows, t, this.#window);
    this.#nodes = { rows, mean, variation, peak: variation.slice() };
    this.#products = productSums(centred, rows.length, this.#window);
    this.#session = t;
  }

  /** Moves on to session (position) t, which follows the last one; nodes may have come and gone. */
  advance(t: number, rows: Int32Array): void {
    if (t !== this.#session + 1) throw new InvariantError(`expected session ${this.#session + 1} after ${this.#session}, found ${t} in rolling sums`);
    const isNew = this.#changeNodes(rows);
    addStep(this.#products, this.#step(t));
    this.#session = t;
    this.#renewStale(isNew);
  }

  /** Variance of each node, divisor the window's sessions. [node] */
  variance(): Float64Array {
    return this.#nodes.variation.map((value) => value / this.#window);
  }

  /**
   * Correlations of every two nodes, [pair].
   * @param into written to and returned when it has the right length
   */
  correlations(into: Float64Array): Float64Array {
    const products = this.#products;
    const correlations = into.length === products.length ? into : new Float64Array(products.length);
    const scale = this.#nodes.variation.map((value) => 1 / Math.sqrt(value));
    for (let i = 0, at = 0; i < scale.length; i++) {
      const own = scale[i];
      for (let j = i + 1; j < scale.length; j++, at++) {
        let value = products[at] * (own * scale[j]);
        if (Math.abs(value) > 1) value = Math.sign(value); // rounding
        correlations[at] = value;
      }
    }
    return correlations;
  }

  /** Arranges the sums for another set of nodes; tells which are new, whose sums mean nothing so far. */
  #changeNodes(rows: Int32Array): Uint8Array {
    const before = this.#nodes;
    const size = rows.length;
    const isNew = new Uint8Array(size);
    if (before.rows.length === size && rows.every((row, i) => row === before.rows[i])) return isNew;
    const place = new Int32Array(size);
    const now: NodeSums = { rows, mean: new Float64Array(size), variation: new Float64Array(size), peak: new Float64Array(size) };
    for (let i = 0, k = 0; i < size; i++) {
      while (k < before.rows.length && before.rows[k] < rows[i]) k++;
      place[i] = k;
      if (before.rows[k] !== rows[i]) isNew[i] = 1;
      else for (const name of ['mean', 'variation', 'peak'] as const) now[name][i] = before[name][k];
    }
    const products = new Float64Array(pairCount(size));
    for (let i = 0, at = 0; i < size; i++) {
      const start = rowStart(place[i], before.rows.length);
      for (let j = i + 1; j < size; j++, at++) if (isNew[i] === 0 && isNew[j] === 0) products[at] = this.#products[start + place[j]];
    }
    this.#nodes = now;
    this.#products = products;
    return isNew;
  }

  /** Moves means and variations to session t; tells by what the products move. */
  #step(t: number): Step {
    const { rows, mean, variation, peak } = this.#nodes;
    const { returns, width } = this.#table;
    const window = this.#window;
    const { add, take } = directions(window);
    const [u, v] = [new Float64Array(rows.length), new Float64Array(rows.length)];
    for (let i = 0; i < rows.length; i++) {
      const at = rows[i] * width + t;
      const a = returns[at] - mean[i];
      const b = returns[at - window] - mean[i];
      if (b !== b) continue; // a gap is only in the past of a new node, whose sums are made afterwards
      u[i] = add[0] * a + add[1] * b;
      v[i] = take[0] * a + take[1] * b;
      mean[i] += (a - b) / window;
      variation[i] += u[i] * u[i] - v[i] * v[i];
      if (variation[i] > peak[i]) peak[i] = variation[i];
    }
    return { u, v };
  }

  /** Makes the sums of new nodes, and of those whose large returns have gone, from their windows. */
  #renewStale(isNew: Uint8Array): void {
    const { rows, variation, peak } = this.#nodes;
    const stale: number[] = [];
    for (let i = 0; i < rows.length; i++) if (isNew[i] === 1 || !(peak[i] <= MAX_DECAY * variation[i])) stale.push(i);
    if (stale.length === 0) return;
    const exact = windowReturns(this.#table, new Int32Array(stale.map((i) => rows[i])), this.#session, this.#window);
    stale.forEach((i, k) => {
      this.#nodes.mean[i] = exact.mean[k];
      variation[i] = exact.variation[k];
      peak[i] = exact.variation[k];
    });
    stale.forEach((i, k) => this.#renewProducts(i, exact.centred.subarray(k * this.#window, (k + 1) * this.#window)));
  }

  #renewProducts(i: number, centred: Float64Array): void {
    const { rows, mean } = this.#nodes;
    const { returns, width } = this.#table;
    for (let j = 0; j < rows.length; j++) {
      if (j === i) continue;
      const start = rows[j] * width + this.#session - this.#window + 1;
      let sum = 0;
      for (let k = 0; k < this.#window; k++) sum += centred[k] * (returns[start + k] - mean[j]);
      this.#products[i < j ? rowStart(i, rows.length) + j : rowStart(j, rows.length) + i] = sum;
    }
  }
}

/**
 * How u and v are made of the entering and the leaving return: the eigenvectors of [[1 − 1/w, 1/w], [1/w, −1 − 1/w]], each
 * times the root of its absolute eigenvalue.
 */
function directions(window: number): { readonly add: readonly [number, number]; readonly take: readonly [number, number] } {
  const off = 1 / window;
  const root = Math.sqrt(1 + off * off); // trace −2/w, determinant −1
  const eigenvector = (value: number): readonly [number, number] => {
    // of the two ways to write it the one that does not cancel
    const [x, y] = value > 0 ? [value + 1 + off, off] : [off, value - 1 + off];
    const scale = Math.sqrt(Math.abs(value)) / Math.hypot(x, y);
    return [x * scale, y * scale];
  };
  return { add: eigenvector(root - off), take: eigenvector(-root - off) };
}

function addStep(products: Float64Array, { u, v }: Step): void {
  for (let i = 0, at = 0; i < u.length; i++) {
    const a = u[i];
    const b = v[i];
    for (let j = i + 1; j < u.length; j++, at++) products[at] += a * u[j] - b * v[j];
  }
}

/** Sums of products of centred rows [node, window] of every two nodes, [pair]; two by two, so that each value read serves two products. */
export function productSums(centred: Float64Array, size: number, window: number): Float64Array {
  const sums = new Float64Array(pairCount(size));
  for (let i = 0; i < size; i += 2) {
    const [row, next] = [rowStart(i, size), rowStart(i + 1, size)];
    const a = i * window;
    const b = i + 1 < size ? a + window : a;
    for (let j = i; j < size; j += 2) {
      const c = j * window;
      const d = j + 1 < size ? c + window : c;
      let [ac, ad, bc, bd] = [0, 0, 0, 0];
      for (let k = 0; k < window; k++) {
        const x = centred[a + k];
        const y = centred[b + k];
        const p = centred[c + k];
        const q = centred[d + k];
        ac += x * p;
        ad += x * q;
        bc += y * p;
        bd += y * q;
      }
      if (j > i) sums[row + j] = ac;
      if (j + 1 < size) sums[row + j + 1] = ad;
      if (j === i) continue;
      sums[next + j] = bc;
      if (j + 1 < size) sums[next + j + 1] = bd;
    }
  }
  return sums;
}
