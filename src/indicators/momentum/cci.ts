import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import type { HighLowClose } from '../volatility/trange.js';
import { isFlat } from '../zero.js';

export const cciLookback = (period: number): number => period - 1;

function cciRows({ high, low, close }: HighLowClose, { begin, end }: Rows, period: number, output: Float64Array): void {
  const typical = new Float64Array(end);
  for (let t = begin; t < end; t++) typical[t] = (high[t] + low[t] + close[t]) / 3;
  for (let t = begin + period - 1; t < end; t++) {
    const first = t - period + 1;
    let sum = 0;
    for (let i = first; i <= t; i++) sum += typical[i];
    const mean = sum / period;
    let deviation = 0;
    for (let i = first; i <= t; i++) deviation += Math.abs(typical[i] - mean);
    output[t] = isFlat(deviation / period, mean) ? 0 : (typical[t] - mean) / (0.015 * (deviation / period));
  }
}

/**
 * Commodity channel index: (typical price − its simple mean) ÷ (0.015 · its mean absolute deviation), [row]; 0 where
 * there is no deviation.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Lambert, Commodity Channel Index (1980); TA-Lib CCI
 */
export function cci(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'cci');
  return series({ name: 'cci', inputs: [high, low, close], lookback: cciLookback(period), memory: 'finite' }, (rows, output) => cciRows({ high, low, close }, rows, period, output));
}
