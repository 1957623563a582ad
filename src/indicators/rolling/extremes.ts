import type { Rows } from '../rows.js';

export const extremeLookback = (period: number): number => period - 1;

/** Row of the highest value of [from, to], the latest of equals. */
export function highestRow(values: Float64Array, from: number, to: number): number {
  let row = from;
  for (let t = from + 1; t <= to; t++) if (values[t] >= values[row]) row = t;
  return row;
}

/** Row of the lowest value of [from, to], the latest of equals. */
export function lowestRow(values: Float64Array, from: number, to: number): number {
  let row = from;
  for (let t = from + 1; t <= to; t++) if (values[t] <= values[row]) row = t;
  return row;
}

/** Looks through the window only when the highest value has left it. */
export function highestRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let row = -1;
  let highest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    const value = values[t];
    if (row < first) {
      row = first;
      highest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] >= highest) {
          highest = values[i];
          row = i;
        }
      }
    } else if (value >= highest) {
      highest = value;
      row = t;
    }
    output[t] = highest;
  }
}

export function lowestRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let row = -1;
  let lowest = 0;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    const value = values[t];
    if (row < first) {
      row = first;
      lowest = values[first];
      for (let i = first + 1; i <= t; i++) {
        if (values[i] <= lowest) {
          lowest = values[i];
          row = i;
        }
      }
    } else if (value <= lowest) {
      lowest = value;
      row = t;
    }
    output[t] = lowest;
  }
}
