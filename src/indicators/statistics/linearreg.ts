import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const linearregLookback = (period: number): number => period - 1;

interface Line {
  readonly period: number;
  /** What to read off the line y = intercept + slope · x through rows x = 0 … period − 1. */
  readonly of: (slope: number, intercept: number) => number;
}

/** Least squares with fixed x: the slope needs Σ y and Σ x·y only, summed anew for each row. */
function lineRows(values: Float64Array, { begin, end }: Rows, { period, of }: Line, output: Float64Array): void {
  const sumX = (period * (period - 1)) / 2;
  const sumXX = (period * (period - 1) * (2 * period - 1)) / 6;
  const divisor = sumX * sumX - period * sumXX;
  for (let t = begin + period - 1; t < end; t++) {
    let sumY = 0;
    let sumXY = 0;
    // x counts backwards here, which turns the sign of the slope; the divisor is negative for that
    for (let x = period - 1; x >= 0; x--) {
      const y = values[t - x];
      sumY += y;
      sumXY += x * y;
    }
    const slope = (period * sumXY - sumX * sumY) / divisor;
    output[t] = of(slope, (sumY - slope * sumX) / period);
  }
}

function fitted(name: string, values: Float64Array, period: number, of: Line['of']): Float64Array {
  requirePeriod(period, 2, name);
  return series({ name, inputs: [values], lookback: linearregLookback(period), memory: 'finite' }, (rows, output) => lineRows(values, rows, { period, of }, output));
}

/**
 * Linear regression: the value at the newest row of the least-squares line through the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib LINEARREG
 */
export function linearreg(values: Float64Array, period = 14): Float64Array {
  return fitted('linearreg', values, period, (slope, intercept) => intercept + slope * (period - 1));
}

/**
 * Slope of the least-squares line through the last `period` values, [row], in units of the value per row.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib LINEARREG_SLOPE
 */
export function linearregSlope(values: Float64Array, period = 14): Float64Array {
  return fitted('linearregSlope', values, period, (slope) => slope);
}

/**
 * Value at the oldest row of the least-squares line through the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib LINEARREG_INTERCEPT
 */
export function linearregIntercept(values: Float64Array, period = 14): Float64Array {
  return fitted('linearregIntercept', values, period, (_slope, intercept) => intercept);
}

/**
 * Angle of the least-squares line through the last `period` values, [row], degrees for one unit of value per row.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib LINEARREG_ANGLE
 */
export function linearregAngle(values: Float64Array, period = 14): Float64Array {
  return fitted('linearregAngle', values, period, (slope) => Math.atan(slope) * (180 / Math.PI));
}

/**
 * Time series forecast: the least-squares line through the last `period` values, one row ahead, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib TSF
 */
export function tsf(values: Float64Array, period = 14): Float64Array {
  return fitted('tsf', values, period, (slope, intercept) => intercept + slope * period);
}
