import type { Rows } from '../rows.js';
import { scratch } from '../scratch.js';

/** Row of the highest value of each window, the latest of equals; blocks as in `positionRows`. */
export function latestHighestRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const [rows, tops] = [scratch(0, period), scratch(1, period)];
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    let row = last;
    let top = values[last];
    for (let t = last, i = period - 1; i >= 0; t--, i--) {
      const value = values[t];
      if (value > top) {
        top = value;
        row = t;
      }
      rows[i] = row;
      tops[i] = top;
    }
    output[last] = row;
    const count = Math.min(period, end - last);
    row = last;
    top = values[last];
    for (let i = 1; i < count; i++) {
      const value = values[last + i];
      if (value >= top) {
        top = value;
        row = last + i;
      }
      output[last + i] = top >= tops[i] ? row : rows[i];
    }
  }
}

/** Row of the lowest value of each window, the latest of equals. */
export function latestLowestRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const [rows, bottoms] = [scratch(0, period), scratch(1, period)];
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    let row = last;
    let bottom = values[last];
    for (let t = last, i = period - 1; i >= 0; t--, i--) {
      const value = values[t];
      if (value < bottom) {
        bottom = value;
        row = t;
      }
      rows[i] = row;
      bottoms[i] = bottom;
    }
    output[last] = row;
    const count = Math.min(period, end - last);
    row = last;
    bottom = values[last];
    for (let i = 1; i < count; i++) {
      const value = values[last + i];
      if (value <= bottom) {
        bottom = value;
        row = last + i;
      }
      output[last + i] = bottom <= bottoms[i] ? row : rows[i];
    }
  }
}
