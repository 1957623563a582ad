/**
 * Scores of the last so many sessions, any of which by its rank.
 *
 * Only a session's own scores are ever sorted; a rank among all is found by narrowing down where it lies in each session, in some twenty rounds of
 * binary searches: many times as fast as sorting all anew for each session.
 */
export class RollingScores {
  readonly #window: number;
  /** Of each session, oldest first; each ascending. */
  readonly #sessions: Float64Array[];
  #count: number;

  /**
   * @param window    sessions held at most
   * @param sessions  scores to begin with, each session's ascending, oldest first
   */
  constructor(window: number, sessions: readonly Float64Array[] = []) {
    this.#window = window;
    this.#sessions = [...sessions];
    this.#count = sessions.reduce((sum, { length }) => sum + length, 0);
  }

  /** Sessions held. */
  get sessions(): number {
    return this.#sessions.length;
  }

  /** Scores held. */
  get count(): number {
    return this.#count;
  }

  /** Scores of each session held, oldest first; each ascending. */
  rows(): readonly Float64Array[] {
    return this.#sessions;
  }

  /** Takes in a session's scores, in any order and without NaN; the oldest session leaves where the window is full. */
  add(scores: Float64Array): void {
    this.#sessions.push(scores.slice().sort());
    this.#count += scores.length;
    if (this.#sessions.length > this.#window) this.#count -= this.#sessions.shift()!.length;
  }

  /** The k-th smallest score, k from 1 to their count. */
  smallest(k: number): number {
    const rows = this.#sessions;
    const [from, to] = [new Int32Array(rows.length), Int32Array.from(rows, ({ length }) => length)];
    const [first, last] = [new Int32Array(rows.length), new Int32Array(rows.length)];
    let [wanted, remaining] = [k - 1, this.#count];
    for (let round = 0; ; round++) {
      // sessions are alike: what is sought lies about as deep in one of them as among all; the middle, where they are not
      const row = widest(from, to);
      const pivot = rows[row][from[row] + Math.floor((to[row] - from[row]) * (round % 2 === 0 ? wanted / remaining : 0.5))];
      let [below, through] = [0, 0];
      for (let r = 0; r < rows.length; r++) {
        first[r] = firstFrom(rows[r], pivot, from[r], to[r]);
        for (last[r] = first[r]; last[r] < to[r] && rows[r][last[r]] === pivot; ) last[r]++;
        below += first[r] - from[r];
        through += last[r] - from[r];
      }
      if (wanted < below) {
        to.set(first);
        remaining = below;
      } else if (wanted >= through) {
        from.set(last);
        remaining -= through;
        wanted -= through;
      } else return pivot;
    }
  }
}

/** Which row has most left. */
function widest(from: Int32Array, to: Int32Array): number {
  let row = 0;
  for (let r = 1; r < from.length; r++) if (to[r] - from[r] > to[row] - from[row]) row = r;
  return row;
}

/** First position from `low` up to `high` with a value not below `value`, in ascending values. */
function firstFrom(values: Float64Array, value: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
