import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { scratch } from '../scratch.js';
import type { HighLowClose } from '../volatility/trange.js';
import { ROUNDING } from '../zero.js';

export const mfiLookback = (period: number): number => period;

interface Bars extends HighLowClose {
  readonly volume: Float64Array;
}

function mfiRows({ high, low, close, volume }: Bars, { begin, end }: Rows, period: number, output: Float64Array): void {
  const [up, down] = [scratch(0, end), scratch(1, end)];
  let positive = 0;
  let negative = 0;
  let before = (high[begin] + low[begin] + close[begin]) / 3;
  for (let t = begin + 1; t < end; t++) {
    const typical = (high[t] + low[t] + close[t]) / 3;
    const change = typical - before;
    const rounding = ROUNDING * (Math.abs(typical) + Math.abs(before));
    const flow = typical * volume[t];
    before = typical;
    up[t] = flow * Number(change > rounding);
    down[t] = flow * Number(-change > rounding);
    if (t > begin + period) {
      positive -= up[t - period];
      negative -= down[t - period];
    }
    positive += up[t];
    negative += down[t];
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
  return series({ name: 'mfi', inputs: [high, low, close, volume], lookback: mfiLookback(period), memory: 'finite', gaps: 'lasting' }, (rows, output) => mfiRows({ high, low, close, volume }, rows, period, output));
}
