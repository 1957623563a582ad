import { series, type Rows } from '../rows.js';

/**
 * Greatest of the row's range and its extremes' distances from the close before: the range, and what a gap adds to it.
 */
export function trueRange(high: number, low: number, closeBefore: number): number {
  const up = closeBefore - high;
  const down = low - closeBefore;
  return high - low + (up + Math.abs(up) + (down + Math.abs(down))) * 0.5;
}

export const TRANGE_LOOKBACK = 1;

export interface HighLowClose {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

export function trangeRows({ high, low, close }: HighLowClose, { begin, end }: Rows, output: Float64Array): void {
  for (let t = begin + 1; t < end; t++) output[t] = trueRange(high[t], low[t], close[t - 1]);
}

/**
 * True range: the greatest of high − low, |high − previous close| and |low − previous close|, [row], in units of the price.
 *
 * Lookback 1; finite memory.
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section III; TA-Lib TRANGE
 */
export function trange(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  return series({ name: 'trange', inputs: [high, low, close], lookback: TRANGE_LOOKBACK, memory: 'finite', gaps: 'local' }, (rows, output) => trangeRows({ high, low, close }, rows, output));
}
