import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { trueRange, type HighLowClose } from './trange.js';

export const atrLookback = (period: number): number => period;

function atrRows({ high, low, close }: HighLowClose, { begin, end }: Rows, period: number, output: Float64Array): void {
  let average = 0;
  for (let t = begin + 1; t <= begin + period; t++) average += trueRange(high[t], low[t], close[t - 1]);
  average /= period;
  output[begin + period] = average;
  const weight = 1 / period;
  const kept = 1 - weight;
  for (let t = begin + period + 1; t < end; t++) {
    average = average * kept + trueRange(high[t], low[t], close[t - 1]) * weight;
    output[t] = average;
  }
}

/**
 * Average true range: Wilder's average of the true range, [row], in units of the price.
 *
 * Weight 1/period on the newest row, seeded by the simple mean of the first `period` true ranges. Lookback `period`;
 * unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section III; TA-Lib ATR
 */
export function atr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 1, 'atr');
  return series({ name: 'atr', inputs: [high, low, close], lookback: atrLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => atrRows({ high, low, close }, rows, period, output));
}

function percentRows(close: Float64Array, output: Float64Array, from: number, end: number): void {
  for (let t = from; t < end; t++) output[t] = close[t] === 0 ? 0 : (output[t] / close[t]) * 100;
}

/**
 * Normalized average true range: 100 · `atr` ÷ close, [row], percent; 0 where the close is 0.
 *
 * Seed, lookback and memory as in `atr`.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Forman, Cross-Market Evaluations with Normalized Average True Range (2006); TA-Lib NATR
 */
export function natr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 1, 'natr');
  return series({ name: 'natr', inputs: [high, low, close], lookback: atrLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => {
    atrRows({ high, low, close }, rows, period, output);
    percentRows(close, output, rows.begin + period, rows.end);
  });
}
