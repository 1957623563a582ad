import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { smaRows } from './sma.js';

export const trimaLookback = (period: number): number => period - 1;

/** Two simple averages in a row have triangular weights; for an even period their lengths differ by one. */
export function trimaRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  const inner = Math.floor((period + 1) / 2);
  const outer = period + 1 - inner;
  const once = new Float64Array(end);
  smaRows(values, { begin, end }, inner, once);
  smaRows(once, { begin: begin + inner - 1, end }, outer, output);
}

/**
 * Triangular moving average: weights rise to the middle of the last `period` values and fall again, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib TRIMA
 */
export function trima(values: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'trima');
  return series({ name: 'trima', inputs: [values], lookback: trimaLookback(period), memory: 'finite', gaps: 'lasting' }, (rows, output) => trimaRows(values, rows, period, output));
}
