import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { scratch } from '../scratch.js';

export const linearregLookback = (period: number): number => period - 1;

interface Line {
  readonly period: number;
  /** What to read off the line y = intercept + slope · x through rows x = 0 … period − 1. */
  readonly of: (slope: number, intercept: number) => number;
}

/**
 * Least squares with x = 0 … period − 1 needs Σ y and Σ x·y only. Values are taken as distances from one in the window, and
 * every window is the end of one block of `period` rows and the start of the next: a flat window has slope 0 exactly.
 */
function lineRows(values: Float64Array, { begin, end }: Rows, { period, of }: Line, output: Float64Array): void {
  const [sums, moments] = [scratch(0, period), scratch(1, period)];
  const middle = (period - 1) / 2;
  const spread = (period * (period * period - 1)) / 12;
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    const anchor = values[last];
    let sum = 0;
    let moment = 0; // Σ (row − block) · distance
    for (let i = period - 1; i >= 0; i--) {
      const distance = values[block + i] - anchor;
      sum += distance;
      moment += i * distance;
      sums[i] = sum;
      moments[i] = moment;
    }
    const stop = Math.min(last + period, end);
    let [newSum, newMoment] = [0, 0];
    for (let t = last; t < stop; t++) {
      const distance = values[t] - anchor;
      newSum += distance;
      newMoment += (t - block) * distance;
      const first = t - last;
      const total = sums[first] + newSum;
      const slope = (moments[first] + newMoment - (first + middle) * total) / spread;
      output[t] = of(slope, anchor + total / period - slope * middle);
    }
  }
}

function fitted(name: string, values: Float64Array, period: number, of: Line['of']): Float64Array {
  requirePeriod(period, 2, name);
  return series({ name, inputs: [values], lookback: linearregLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => lineRows(values, rows, { period, of }, output));
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
