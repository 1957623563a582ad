import { requirePeriod } from '../checks.js';
import { series, seriesByName, type Rows } from '../rows.js';
import { highestRowRows, lowestRowRows } from './extremes.js';
import { windowSumRows } from './window-sum.js';

export interface MinMax {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export const rollingLookback = (period: number): number => period - 1;

type Extreme = typeof highestRowRows;

function walkOf(name: string, values: Float64Array, period: number): { name: string; inputs: readonly Float64Array[]; lookback: number; memory: 'finite' } {
  requirePeriod(period, 2, name);
  return { name, inputs: [values], lookback: rollingLookback(period), memory: 'finite' };
}

function indexRows(extreme: Extreme, values: Float64Array, rows: Rows, { period, output }: { readonly period: number; readonly output: Float64Array }): void {
  extreme(values, rows, period, output);
}

function valueRows(extreme: Extreme, values: Float64Array, rows: Rows, { period, output }: { readonly period: number; readonly output: Float64Array }): void {
  indexRows(extreme, values, rows, { period, output });
  for (let t = rows.begin + period - 1; t < rows.end; t++) output[t] = values[output[t]];
}

/**
 * Highest of the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MAX
 */
export function max(values: Float64Array, period = 30): Float64Array {
  return series(walkOf('max', values, period), (rows, output) => valueRows(highestRowRows, values, rows, { period, output }));
}

/**
 * Lowest of the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MIN
 */
export function min(values: Float64Array, period = 30): Float64Array {
  return series(walkOf('min', values, period), (rows, output) => valueRows(lowestRowRows, values, rows, { period, output }));
}

/**
 * Row (counted from 0 at the start of the input) of the highest of the last `period` values, [row].
 *
 * Of equal values the latest while the highest stays in the window, the first when it has just left: TA-Lib's answer.
 * Lookback period − 1; finite memory but for that.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MAXINDEX
 */
export function maxindex(values: Float64Array, period = 30): Float64Array {
  return series(walkOf('maxindex', values, period), (rows, output) => indexRows(highestRowRows, values, rows, { period, output }));
}

/**
 * Row of the lowest of the last `period` values, [row]; see `maxindex`.
 *
 * Lookback period − 1; finite memory but for ties.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MININDEX
 */
export function minindex(values: Float64Array, period = 30): Float64Array {
  return series(walkOf('minindex', values, period), (rows, output) => indexRows(lowestRowRows, values, rows, { period, output }));
}

/**
 * Lowest and highest of the last `period` values, each [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MINMAX
 */
export function minmax(values: Float64Array, period = 30): MinMax {
  return seriesByName(walkOf('minmax', values, period), ['min', 'max'], (rows, outputs) => {
    valueRows(lowestRowRows, values, rows, { period, output: outputs.min });
    valueRows(highestRowRows, values, rows, { period, output: outputs.max });
  });
}

/**
 * Rows of the lowest and the highest of the last `period` values, each [row]; see `maxindex`.
 *
 * Lookback period − 1; finite memory but for ties.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib MINMAXINDEX
 */
export function minmaxindex(values: Float64Array, period = 30): MinMax {
  return seriesByName(walkOf('minmaxindex', values, period), ['min', 'max'], (rows, outputs) => {
    indexRows(lowestRowRows, values, rows, { period, output: outputs.min });
    indexRows(highestRowRows, values, rows, { period, output: outputs.max });
  });
}

/**
 * Sum of the last `period` values, [row].
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see TA-Lib SUM
 */
export function sum(values: Float64Array, period = 30): Float64Array {
  return series({ ...walkOf('sum', values, period), gaps: 'local' }, (rows, output) => windowSumRows(values, rows, period, output));
}
