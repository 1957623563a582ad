import { series, type Rows } from '../rows.js';

function obvRows(values: Float64Array, volume: Float64Array, { begin, end }: Rows, output: Float64Array): void {
  let balance = volume[begin];
  output[begin] = balance;
  for (let t = begin + 1; t < end; t++) {
    balance += volume[t] * (Number(values[t] > values[t - 1]) - Number(values[t] < values[t - 1]));
    output[t] = balance;
  }
}

/**
 * On-balance volume: running sum of the volume of rising rows minus that of falling ones, [row], in units of the volume.
 *
 * Starts from the first row's volume. Lookback 0; unbounded memory.
 * @see Granville, New Key to Stock Market Profits (1963); TA-Lib OBV
 */
export function obv(close: Float64Array, volume: Float64Array): Float64Array {
  return series({ name: 'obv', inputs: [close, volume], lookback: 0, memory: 'unbounded' }, (rows, output) => obvRows(close, volume, rows, output));
}
