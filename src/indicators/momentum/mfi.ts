import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import type { HighLowClose } from '../volatility/trange.js';
import { areEqual } from '../zero.js';

export const mfiLookback = (period: number): number => period;

interface Bars extends HighLowClose {
  readonly volume: Float64Array;
}

function mfiRows({ high, low, close, volume }: Bars, { begin, end }: Rows, period: number, output: Float64Array): void {
  // the flow of each row with its sign, so that the row that leaves the window need not be worked out again
  const flows = new Float64Array(end);
  let [positive, negative] = [0, 0];
  let before = (high[begin] + low[begin] + close[begin]) / 3;
  for (let t = begin + 1; t < end; t++) {
    if (t > begin + period) {
      const leaving = flows[t - period];
      if (leaving > 0) positive -= leaving;
      else negative += leaving;
    }
    const typical = (high[t] + low[t] + close[t]) / 3;
    const flow = typical * volume[t];
    if (!areEqual(typical, before)) {
      if (typical < before) {
        negative += flow;
        flows[t] = -flow;
      } else {
        positive += flow;
        flows[t] = flow;
      }
    }
    before = typical;
    if (t < begin + period) continue;
    const sum = positive + negative;
    output[t] = sum < 1 ? 0 : 100 * (positive / sum);
  }
}

/**
 * Money flow index: 100 · money flow of rows whose typical price rose ÷ that of rows where it changed, over `period`
 * rows, [row], 0 … 100; 0 where the flow is below 1.
 *
 * Money flow = typical price · volume. A row whose typical price equals the one before, but for rounding,
 * counts for neither side. Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Quong and Soudack, Volume-Weighted RSI: Money Flow (1989); TA-Lib MFI
 */
// eslint-disable-next-line max-params -- TA-Lib's order of inputs
export function mfi(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'mfi');
  return series({ name: 'mfi', inputs: [high, low, close, volume], lookback: mfiLookback(period), memory: 'finite' }, (rows, output) => mfiRows({ high, low, close, volume }, rows, period, output));
}
