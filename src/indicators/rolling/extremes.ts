import type { Rows } from '../rows.js';

/**
 * Row of the highest value of each window, which is looked through only when its highest has left it.
 *
 * A new value that equals the highest takes its place; of equals in a window looked through anew the first counts.
 */
export function highestRowRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let row = -1;
  let highest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    if (row < first) {
      row = first;
      highest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] > highest) {
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
export function lowestRowRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let row = -1;
  let lowest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    if (row < first) {
      row = first;
      lowest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] < lowest) {
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
