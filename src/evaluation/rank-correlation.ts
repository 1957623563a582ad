/** Spearman's correlation over the members that two rankings share. */
export interface SharedRankCorrelation {
  /** Members in both. */
  readonly names: number;
  /** `null` where one of them does not vary, or with fewer than two members. */
  readonly correlation: number | null;
}

/**
 * Spearman's rank correlation of two rankings, again and again.
 *
 * Takes average ranks among all members and ranks the shared ones anew by counting: sorting them for every pair of
 * rankings would take most of the time of an evaluation.
 * @see Spearman (1904); ties share the mean of their ranks
 */
export class RankCorrelation {
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #every: Int32Array;

  /** @param members number of members, the length of every ranking */
  constructor(members: number) {
    this.#first = new Float64Array(2 * members + 1);
    this.#second = new Float64Array(2 * members + 1);
    this.#every = Int32Array.from({ length: members }, (_, row) => row);
  }

  /** Of average ranks [member], NaN where there is none, as `averageRank` gives them; over `rows` only where given. */
  of(x: Float64Array, y: Float64Array, rows: Int32Array = this.#every): SharedRankCorrelation {
    const [first, second] = [this.#first.fill(0), this.#second.fill(0)];
    let names = 0;
    for (const row of rows) {
      if (!(x[row] > 0 && y[row] > 0)) continue;
      // average ranks are whole or halves
      first[2 * x[row]]++;
      second[2 * y[row]]++;
      names++;
    }
    const [xx, yy] = [countsToRanks(first, names), countsToRanks(second, names)];
    if (!(xx > 0 && yy > 0)) return { names, correlation: null };
    let xy = 0;
    for (const row of rows) if (x[row] > 0 && y[row] > 0) xy += first[2 * x[row]] * second[2 * y[row]];
    return { names, correlation: Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))) };
  }
}

/** Turns counts by doubled rank into ranks among the counted less their mean, in place; gives the sum of their squares. */
function countsToRanks(counts: Float64Array, total: number): number {
  const centre = (total + 1) / 2;
  let below = 0;
  let squares = 0;
  for (let key = 0; key < counts.length; key++) {
    const count = counts[key];
    if (count === 0) continue;
    const rank = below + (count + 1) / 2 - centre;
    counts[key] = rank;
    squares += count * rank * rank;
    below += count;
  }
  return squares;
}
