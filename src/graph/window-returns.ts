/** Returns of nodes without gaps in the window, centred on their means. */
export interface WindowReturns {
  readonly window: number;
  /** Row of each node in the table of returns, ascending. [node] */
  readonly rows: Int32Array;
  /** [node, window], oldest first */
  readonly centred: Float64Array;
  /** [node] */
  readonly mean: Float64Array;
  /** Sum of squares of the centred returns. [node] */
  readonly variation: Float64Array;
}

/** Returns [symbol, session] of `width` sessions. */
export interface ReturnTable {
  readonly returns: Float64Array;
  readonly width: number;
}

/** The windows that end at session (position) t, of some rows of a table. */
export function windowReturns({ returns, width }: ReturnTable, rows: Int32Array, t: number, window: number): WindowReturns {
  const centred = new Float64Array(rows.length * window);
  const mean = new Float64Array(rows.length);
  const variation = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * width + t - window + 1;
    let sum = 0;
    for (let k = 0; k < window; k++) sum += returns[start + k];
    const average = sum / window;
    let squares = 0;
    for (let k = 0; k < window; k++) {
      const value = returns[start + k] - average;
      centred[i * window + k] = value;
      squares += value * value;
    }
    mean[i] = average;
    variation[i] = squares;
  }
  return { window, rows, centred, mean, variation };
}
