import { positivePart } from '../branchless.js';
import { requirePeriod } from '../checks.js';
import { windowSumRows } from '../rolling/window-sum.js';
import { series } from '../rows.js';

export const imiLookback = (period: number): number => period - 1;

/**
 * Intraday momentum index: 100 · sum of rises from open to close ÷ sum of rises and falls, over `period` rows, [row],
 * 0 … 100; 50 where open and close are equal throughout.
 *
 * Plain sums. Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Chande and Kroll, The New Technical Trader (1994); TA-Lib IMI
 */
export function imi(open: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'imi');
  return series({ name: 'imi', inputs: [open, close], lookback: imiLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => {
    const [rises, falls, fallen] = [new Float64Array(rows.end), new Float64Array(rows.end), new Float64Array(rows.end)];
    for (let t = rows.begin; t < rows.end; t++) {
      rises[t] = positivePart(close[t] - open[t]);
      falls[t] = positivePart(open[t] - close[t]);
    }
    windowSumRows(rises, rows, period, output);
    windowSumRows(falls, rows, period, fallen);
    for (let t = rows.begin + period - 1; t < rows.end; t++) output[t] = output[t] + fallen[t] === 0 ? 50 : 100 * (output[t] / (output[t] + fallen[t]));
  });
}
