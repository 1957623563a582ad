import type { Rows } from '../rows.js';

export interface Window {
  readonly period: number;
  /** Which of equal extremes counts when a window is looked through anew; a new value that equals the old extreme always does. */
  readonly ties: 'latest' | 'first';
}

/** Row of the highest value of each window, which is looked through only when its highest has left it. */
export function highestRowRows(values: Float64Array, { begin, end }: Rows, { period, ties }: Window, output: Float64Array): void {
  const latest = ties === 'latest';
  let row = -1;
  let highest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    if (row < first) {
      row = first;
      highest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] > highest || (latest && values[i] === highest)) {
          highest = values[i];
          row = i;
        }
      }
    } else if (values[t] >= highest) {
      highest = values[t];
      row = t;
    }
    output[t] = row;
  }
}

/** Row of the lowest value of each window; see `highestRowRows`. */
export function lowestRowRows(values: Float64Array, { begin, end }: Rows, { period, ties }: Window, output: Float64Array): void {
  const latest = ties === 'latest';
  let row = -1;
  let lowest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    if (row < first) {
      row = first;
      lowest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] < lowest || (latest && values[i] === lowest)) {
          lowest = values[i];
          row = i;
        }
      }
    } else if (values[t] <= lowest) {
      lowest = values[t];
      row = t;
    }
    output[t] = row;
  }
}
