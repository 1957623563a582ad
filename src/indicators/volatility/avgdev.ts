import { requirePeriod } from '../checks.js';
import { deviationRows } from '../rolling/deviation.js';
import { windowMeanRows } from '../rolling/window-sum.js';
import { series } from '../rows.js';
import { scratch } from '../scratch.js';

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
    const [means, warm] = [scratch(1, rows.end), rows.begin + period - 1];
    windowMeanRows(values, rows, period, means);
    deviationRows({ values, means }, rows, period, output);
    for (let t = warm; t < rows.end; t++) output[t] /= period;
  });
}
