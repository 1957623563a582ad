import type { Rows } from '../rows.js';

/** Row of the highest of the last `period` values, the latest of equals; looks through a window only when its highest has left. */
export function highestRowRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let row = -1;
  let highest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    if (row < first) {
      row = first;
      highest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] >= highest) {
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

/** Row of the lowest of the last `period` values, the latest of equals. */
export function lowestRowRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let row = -1;
  let lowest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    if (row < first) {
      row = first;
      lowest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] <= lowest) {
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
