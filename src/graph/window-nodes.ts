import type { GraphInputs } from './graph-inputs.js';

/** Why a member is not in the graph of a session. */
export const LEFT_OUT_REASONS = ['no bars in the window', 'too few returns', 'no variation'] as const;

export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface LeftOut {
  readonly symbol: string;
  readonly reason: LeftOutReason;
}

/** The members of a session by what their windows hold. */
export interface WindowNodes {
  /** Rows of members with enough returns, ascending. [node] */
  readonly rows: Int32Array;
  /** Positions among `rows` of those whose windows have no gap. */
  readonly complete: Int32Array;
  readonly leftOut: readonly LeftOut[];
  /** Cells of returns that do not count at this session, because nothing has confirmed them yet. */
  readonly open: Int32Array;
}

/** Share of their size by which returns must differ: less is rounding. */
const ROUNDING = 1e-12;

/** Tells for any session who can be a node. */
export class NodeFinder {
  readonly #inputs: GraphInputs;
  readonly #window: number;
  readonly #minPresent: number;
  /** Returns before each session, [symbol, session + 1]. */
  readonly #present: Int32Array;

  constructor(inputs: GraphInputs, window: number, minPresent: number) {
    this.#inputs = inputs;
    this.#window = window;
    this.#minPresent = Math.max(2, Math.ceil(minPresent * window - ROUNDING));
    this.#present = presentBefore(inputs);
  }

  /** The members at session (position) t whose windows hold enough returns, not all of them the same. */
  at(t: number): WindowNodes {
    const { symbols, sessions, returns, member } = this.#inputs;
    const width = sessions.length;
    const first = Math.max(0, t - this.#window + 1);
    const rows: number[] = [];
    const complete: number[] = [];
    const leftOut: LeftOut[] = [];
    const open: number[] = [];
    for (let row = 0; row < symbols.length; row++) {
      if (member && member[row * width + t] !== 1) continue;
      const counts = row * (width + 1);
      const cell = this.#openCell(row, first, t);
      if (cell >= 0) open.push(cell);
      const present = this.#present[counts + t + 1] - this.#present[counts + first] - (cell >= 0 ? 1 : 0);
      if (present < this.#minPresent) leftOut.push({ symbol: symbols[row], reason: this.#isPriced(row, first, t) ? 'too few returns' : 'no bars in the window' });
      else if (isFlat(returns, row * width + first, row * width + t)) leftOut.push({ symbol: symbols[row], reason: 'no variation' });
      else {
        if (present === this.#window) complete.push(rows.length);
        rows.push(row);
      }
    }
    return { rows: new Int32Array(rows), complete: new Int32Array(complete), leftOut, open: new Int32Array(open) };
  }

  /** Whether a symbol has a bar in a window; taken for granted where nothing is known about bars. */
  #isPriced(row: number, first: number, t: number): boolean {
    const { sessions, priced } = this.#inputs;
    return priced === undefined || priced.subarray(row * sessions.length + first, row * sessions.length + t + 1).includes(1);
  }

  /** The last return of a symbol's window, if it is suspect; −1 if not. */
  #openCell(row: number, first: number, t: number): number {
    const { sessions, returns, suspect } = this.#inputs;
    if (!suspect) return -1;
    for (let at = row * sessions.length + t; at >= row * sessions.length + first; at--) if (returns[at] === returns[at]) return suspect[at] === 1 ? at : -1;
    return -1;
  }
}

function presentBefore({ symbols, sessions, returns }: GraphInputs): Int32Array {
  const width = sessions.length;
  const present = new Int32Array(symbols.length * (width + 1));
  for (let row = 0, at = 0; row < symbols.length; row++) {
    for (let t = 0, to = row * (width + 1) + 1; t < width; t++, at++, to++) present[to] = present[to - 1] + (returns[at] === returns[at] ? 1 : 0);
  }
  return present;
}

/** Whether all returns there are the same but for rounding; most windows tell at their second return. */
function isFlat(returns: Float64Array, first: number, last: number): boolean {
  let one = Number.NaN;
  for (let at = first; at <= last; at++) {
    const value = returns[at];
    if (value !== value) continue;
    if (one !== one) one = value;
    else if (Math.abs(value - one) > ROUNDING * Math.abs(one)) return false;
  }
  return true;
}
