import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const cmoLookback = (period: number): number => period;

function cmoRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  let gain = 0;
  let loss = 0;
  for (let t = begin + 1; t < end; t++) {
    const change = values[t] - values[t - 1];
    if (t > begin + period) {
      gain *= period - 1;
      loss *= period - 1;
    }
    if (change < 0) loss -= change;
    else gain += change;
    if (t < begin + period) continue;
    gain /= period;
    loss /= period;
    output[t] = gain + loss === 0 ? 0 : 100 * ((gain - loss) / (gain + loss));
  }
}

/**
 * Chande momentum oscillator: 100 · (average gain − average loss) ÷ (average gain + average loss), [row], −100 … 100.
 *
 * Smoothed like `rsi` (Wilder, seeded by the simple mean of the first `period` changes), so it equals 2·RSI − 100; Chande's
 * own uses plain sums. Lookback `period`; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Chande and Kroll, The New Technical Trader (1994); TA-Lib CMO
 */
export function cmo(close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'cmo');
  return series({ name: 'cmo', inputs: [close], lookback: cmoLookback(period), memory: 'unbounded' }, (rows, output) => cmoRows(close, rows, period, output));
}
