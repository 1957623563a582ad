import { requirePeriod } from '../checks.js';
import { channelRows } from '../rolling/channel.js';
import { series } from '../rows.js';
import { scratch } from '../scratch.js';
import { areEqual } from '../zero.js';

export const willrLookback = (period: number): number => period - 1;

/**
 * Williams' %R: −100 · (highest high − close) ÷ (highest high − lowest low) of `period` rows, [row], −100 … 0; 0 where
 * the range is 0.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Williams, How I Made One Million Dollars Last Year Trading Commodities (1973); TA-Lib WILLR
 */
export function willr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'willr');
  return series({ name: 'willr', inputs: [high, low, close], lookback: willrLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => {
    const lowest = scratch(2, rows.end);
    channelRows({ high, low }, rows, period, { highest: output, lowest });
    for (let t = rows.begin + period - 1; t < rows.end; t++) {
      const highest = output[t];
      output[t] = areEqual(highest, lowest[t]) ? 0 : ((highest - close[t]) / (highest - lowest[t])) * -100;
    }
  });
}
