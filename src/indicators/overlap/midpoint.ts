import { requirePeriod } from '../checks.js';
import { highestRowRows, lowestRowRows } from '../rolling/extremes.js';
import { series } from '../rows.js';
import { scratch } from '../scratch.js';

export const midLookback = (period: number): number => period - 1;

function middle(name: string, high: Float64Array, low: Float64Array, period: number): Float64Array {
  requirePeriod(period, 2, name);
  return series({ name, inputs: [high, low], lookback: midLookback(period), memory: 'finite' }, (rows, output) => {
    const bottoms = scratch(0, rows.end);
    highestRowRows(high, rows, period, output);
    lowestRowRows(low, rows, period, bottoms);
    for (let t = rows.begin + period - 1; t < rows.end; t++) output[t] = (high[output[t]] + low[bottoms[t]]) / 2;
  });
}

/**
 * Midpoint: mean of the highest and the lowest of the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MIDPOINT
 */
export function midpoint(values: Float64Array, period = 14): Float64Array {
  return middle('midpoint', values, values, period);
}

/**
 * Midpoint price: mean of the highest high and the lowest low of the last `period` rows, [row], in units of the price.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MIDPRICE
 */
export function midprice(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  return middle('midprice', high, low, period);
}
