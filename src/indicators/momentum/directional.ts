import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { trueRange } from '../volatility/trange.js';

interface Bars {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

type Movement = (up: number, down: number) => number;

const upward: Movement = (up, down) => (up > 0 && up > down ? up : 0);
const downward: Movement = (up, down) => (down > 0 && down > up ? down : 0);

/** A sum that starts as that of the first period − 1 rows and then loses its 1/period part and gains the new row's value. */
const wilderSum = (sum: number, period: number, value: number): number => sum - sum / period + value;

export const directionLookback = (period: number): number => period;
export const movementLookback = (period: number): number => Math.max(1, period - 1);
export const adxLookback = (period: number): number => 2 * period - 1;
export const adxrLookback = (period: number): number => 3 * period - 2;

function indicatorRows({ high, low, close }: Bars, { begin, end }: Rows, { period, movement }: { readonly period: number; readonly movement: Movement }, output: Float64Array): void {
  let range = 0;
  let moved = 0;
  for (let t = begin + 1; t < end; t++) {
    const tr = trueRange(high[t], low[t], close[t - 1]);
    const move = movement(high[t] - high[t - 1], low[t - 1] - low[t]);
    if (t < begin + period) {
      range += tr;
      moved += move;
      continue;
    }
    range = wilderSum(range, period, tr);
    moved = wilderSum(moved, period, move);
    output[t] = range === 0 ? 0 : 100 * (moved / range);
  }
}

/** 100 · |DI+ − DI−| ÷ (DI+ + DI−), NaN where there is no range or no movement. */
function dxRows({ high, low, close }: Bars, { begin, end }: Rows, period: number, output: Float64Array): void {
  let range = 0;
  let plus = 0;
  let minus = 0;
  for (let t = begin + 1; t < end; t++) {
    const tr = trueRange(high[t], low[t], close[t - 1]);
    const up = high[t] - high[t - 1];
    const down = low[t - 1] - low[t];
    if (t < begin + period) {
      range += tr;
      plus += upward(up, down);
      minus += downward(up, down);
      continue;
    }
    range = wilderSum(range, period, tr);
    plus = wilderSum(plus, period, upward(up, down));
    minus = wilderSum(minus, period, downward(up, down));
    output[t] = strength(plus, minus, range);
  }
}

function strength(plus: number, minus: number, range: number): number {
  if (range === 0) return Number.NaN;
  const up = 100 * (plus / range);
  const down = 100 * (minus / range);
  return up + down === 0 ? Number.NaN : 100 * (Math.abs(down - up) / (up + down));
}

/** Rows without a direction add nothing to the seed and leave the average as it is. */
function adxRows(bars: Bars, rows: Rows, period: number, output: Float64Array): void {
  dxRows(bars, rows, period, output);
  const warm = rows.begin + adxLookback(period);
  let sum = 0;
  for (let t = rows.begin + period; t <= warm; t++) if (!Number.isNaN(output[t])) sum += output[t];
  let average = sum / period;
  output[warm] = average;
  for (let t = warm + 1; t < rows.end; t++) {
    const dx = output[t];
    if (dx === dx) average = (average * (period - 1) + dx) / period;
    output[t] = average;
  }
}

function movementRows({ high, low }: Omit<Bars, 'close'>, { begin, end }: Rows, { period, movement }: { readonly period: number; readonly movement: Movement }, output: Float64Array): void {
  let moved = 0;
  for (let t = begin + 1; t < end; t++) {
    const move = movement(high[t] - high[t - 1], low[t - 1] - low[t]);
    if (period === 1) moved = move;
    else moved = t < begin + period ? moved + move : wilderSum(moved, period, move);
    output[t] = moved;
  }
}

function indicator(name: string, bars: Bars, period: number, movement: Movement): Float64Array {
  requirePeriod(period, 1, name);
  return series({ name, inputs: [bars.high, bars.low, bars.close], lookback: directionLookback(period), memory: 'unbounded' }, (rows, output) => indicatorRows(bars, rows, { period, movement }, output));
}

function movementSum(name: string, bars: Omit<Bars, 'close'>, period: number, movement: Movement): Float64Array {
  requirePeriod(period, 1, name);
  return series({ name, inputs: [bars.high, bars.low], lookback: movementLookback(period), memory: 'unbounded' }, (rows, output) => movementRows(bars, rows, { period, movement }, output));
}

/**
 * Plus directional indicator (DI+): 100 · smoothed upward movement ÷ smoothed true range, [row], 0 … 100; 0 without range.
 *
 * Wilder's sums, seeded by the plain sum of the first period − 1 rows. Lookback `period`; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib PLUS_DI
 */
export function plusDI(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  return indicator('plusDI', { high, low, close }, period, upward);
}

/**
 * Minus directional indicator (DI−): as `plusDI`, of the movement down, [row], 0 … 100.
 *
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib MINUS_DI
 */
export function minusDI(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  return indicator('minusDI', { high, low, close }, period, downward);
}

/**
 * Plus directional movement: Wilder's sum of the upward movements, [row], in units of the price.
 *
 * Seeded by the plain sum of the first period − 1 rows. Lookback period − 1 (1 for period 1); unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib PLUS_DM
 */
export function plusDM(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  return movementSum('plusDM', { high, low }, period, upward);
}

/**
 * Minus directional movement: as `plusDM`, of the movements down, [row], in units of the price.
 *
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib MINUS_DM
 */
export function minusDM(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  return movementSum('minusDM', { high, low }, period, downward);
}

/**
 * Directional movement index: 100 · |DI+ − DI−| ÷ (DI+ + DI−), [row], 0 … 100; the last value where there is no movement.
 *
 * Lookback `period`; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib DX
 */
export function dx(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'dx');
  return series({ name: 'dx', inputs: [high, low, close], lookback: directionLookback(period), memory: 'unbounded' }, (rows, output) => {
    dxRows({ high, low, close }, rows, period, output);
    let last = 0;
    for (let t = rows.begin + period; t < rows.end; t++) {
      if (Number.isNaN(output[t])) output[t] = last;
      last = output[t];
    }
  });
}

/**
 * Average directional movement index: Wilder's average of `dx`, [row], 0 … 100.
 *
 * Seeded by the simple mean of the first `period` values of `dx`. Lookback 2·period − 1; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib ADX
 */
export function adx(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'adx');
  return series({ name: 'adx', inputs: [high, low, close], lookback: adxLookback(period), memory: 'unbounded' }, (rows, output) => adxRows({ high, low, close }, rows, period, output));
}

/**
 * Directional movement rating: mean of `adx` now and period − 1 rows ago, [row], 0 … 100.
 *
 * Lookback 3·period − 2; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib ADXR
 */
export function adxr(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'adxr');
  return series({ name: 'adxr', inputs: [high, low, close], lookback: adxrLookback(period), memory: 'unbounded' }, (rows, output) => {
    adxRows({ high, low, close }, rows, period, output);
    for (let t = rows.end - 1; t >= rows.begin + adxrLookback(period); t--) output[t] = (output[t] + output[t - period + 1]) / 2;
  });
}
