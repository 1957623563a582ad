import { positivePart } from '../branchless.js';
import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const rsiLookback = (period: number): number => period;

export function rsiRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let gain = 0;
  let loss = 0;
  for (let t = begin + 1; t <= begin + period; t++) {
    const change = values[t] - values[t - 1];
    gain += positivePart(change);
    loss += positivePart(-change);
  }
  gain /= period;
  loss /= period;
  output[begin + period] = share(gain, loss);
  const weight = 1 / period;
  const kept = 1 - weight;
  let before = values[begin + period];
  for (let t = begin + period + 1; t < end; t++) {
    const value = values[t];
    const change = value - before;
    before = value;
    gain = gain * kept + positivePart(change) * weight;
    loss = loss * kept + positivePart(-change) * weight;
    output[t] = share(gain, loss);
  }
}

function share(gain: number, loss: number): number {
  return gain + loss === 0 ? 0 : 100 * (gain / (gain + loss));
}

/**
 * Relative strength index: 100 · average gain ÷ (average gain + average loss), [row], 0 … 100.
 *
 * Wilder's smoothing (weight 1/period on the newest change), seeded by the simple mean of the first `period` changes;
 * 0 where nothing moves. Lookback `period`; unbounded memory. Charts that smooth by a plain EMA (weight 2/(period + 1))
 * or a simple mean (Cutler) differ at every row; charts with another starting row differ until the seed has faded.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section VI; TA-Lib RSI
 */
export function rsi(close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'rsi');
  return series({ name: 'rsi', inputs: [close], lookback: rsiLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => rsiRows(close, rows, period, output));
}
