import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const rsiLookback = (period: number): number => period;

export function rsiRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let gain = 0;
  let loss = 0;
  for (let t = begin + 1; t <= begin + period; t++) {
    const change = values[t] - values[t - 1];
    if (change < 0) loss -= change;
    else gain += change;
  }
  gain /= period;
  loss /= period;
  output[begin + period] = gain + loss === 0 ? 0 : 100 * (gain / (gain + loss));
  const kept = period - 1;
  let before = values[begin + period];
  for (let t = begin + period + 1; t < end; t++) {
    const value = values[t];
    const change = value - before;
    before = value;
    gain *= kept;
    loss *= kept;
    if (change < 0) loss -= change;
    else gain += change;
    gain /= period;
    loss /= period;
    const sum = gain + loss;
    output[t] = sum === 0 ? 0 : 100 * (gain / sum);
  }
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
  return series({ name: 'rsi', inputs: [close], lookback: rsiLookback(period), memory: 'unbounded' }, (rows, output) => rsiRows(close, rows, period, output));
}
