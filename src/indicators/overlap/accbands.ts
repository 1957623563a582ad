import { requirePeriod } from '../checks.js';
import { seriesByName } from '../rows.js';
import type { Bands } from './bbands.js';
import { smaLookback, smaRows } from './sma.js';

/**
 * Acceleration bands: simple means of high · (1 + w), close and low · (1 − w), w = 4 · (high − low) ÷ (high + low), each
 * [row], in units of the price.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Headley, Big Trends in Trading (2002); TA-Lib ACCBANDS
 */
export function accbands(high: Float64Array, low: Float64Array, close: Float64Array, period = 20): Bands {
  requirePeriod(period, 2, 'accbands');
  return seriesByName({ name: 'accbands', inputs: [high, low, close], lookback: smaLookback(period), memory: 'finite', gaps: 'lasting' }, ['upper', 'middle', 'lower'], (rows, { upper, middle, lower }) => {
    const [tops, bottoms] = [new Float64Array(rows.end), new Float64Array(rows.end)];
    for (let t = rows.begin; t < rows.end; t++) {
      const sum = high[t] + low[t];
      const width = sum === 0 ? 0 : (4 * (high[t] - low[t])) / sum;
      tops[t] = high[t] * (1 + width);
      bottoms[t] = low[t] * (1 - width);
    }
    smaRows(tops, rows, period, upper);
    smaRows(close, rows, period, middle);
    smaRows(bottoms, rows, period, lower);
  });
}
