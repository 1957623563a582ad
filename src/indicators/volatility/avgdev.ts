import { requirePeriod } from '../checks.js';
import { absoluteDeviation } from '../momentum/cci.js';
import { windowSumRows } from '../rolling/window-sum.js';
import { series } from '../rows.js';

export const avgdevLookback = (period: number): number => period - 1;

/**
 * Average deviation: mean distance of the last `period` values from their mean, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib AVGDEV
 */
export function avgdev(values: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'avgdev');
  return series({ name: 'avgdev', inputs: [values], lookback: avgdevLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => {
    windowSumRows(values, rows, period, output);
    for (let t = rows.begin + period - 1; t < rows.end; t++) output[t] = absoluteDeviation(values, t, period, output[t] / period) / period;
  });
}
