import { series } from '../rows.js';

/**
 * Balance of power: (close − open) ÷ (high − low), [row], −1 … 1; 0 for bars without range.
 *
 * Lookback 0; finite memory. Livshin's own is a moving average of this.
 * @see Livshin, Balance of Power (2001); TA-Lib BOP
 */
export function bop(open: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  return series({ name: 'bop', inputs: [open, high, low, close], lookback: 0, memory: 'finite' }, ({ begin, end }, output) => {
    for (let t = begin; t < end; t++) {
      const range = high[t] - low[t];
      output[t] = range > 0 ? (close[t] - open[t]) / range : 0;
    }
  });
}
