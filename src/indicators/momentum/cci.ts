import { requirePeriod } from '../checks.js';
import { deviationRows } from '../rolling/deviation.js';
import { windowMeanRows } from '../rolling/window-sum.js';
import { series, type Rows } from '../rows.js';
import { scratch } from '../scratch.js';
import type { HighLowClose } from '../volatility/trange.js';
import { isFlat } from '../zero.js';

export const cciLookback = (period: number): number => period - 1;

function cciRows({ high, low, close }: HighLowClose, { begin, end }: Rows, period: number, output: Float64Array): void {
  const [typical, means] = [scratch(1, end), scratch(2, end)];
  for (let t = begin; t < end; t++) typical[t] = (high[t] + low[t] + close[t]) / 3;
  windowMeanRows(typical, { begin, end }, period, means);
  deviationRows({ values: typical, means }, { begin, end }, period, output);
  for (let t = begin + period - 1; t < end; t++) {
    const deviation = output[t] / period;
    output[t] = isFlat(deviation, means[t]) ? 0 : (typical[t] - means[t]) / (0.015 * deviation);
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
  return series({ name: 'cci', inputs: [high, low, close], lookback: cciLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => cciRows({ high, low, close }, rows, period, output));
}
