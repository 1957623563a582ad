import { positivePart } from '../branchless.js';
import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { trueRange } from '../volatility/trange.js';

interface Bars {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

type Direction = 'up' | 'down';

interface Line {
  readonly period: number;
  readonly up: boolean;
}

/** The movement of a row that moved further this way than the other, else 0. */
const movement = (own: number, other: number): number => positivePart(own) * Number(own > other);

/** What Wilder's sum keeps of itself when the next row comes; it starts as the plain sum of the first period − 1 rows. */
const keptShare = (period: number): number => 1 - 1 / period;

export const directionLookback = (period: number): number => period;
export const movementLookback = (period: number): number => Math.max(1, period - 1);
export const adxLookback = (period: number): number => 2 * period - 1;
export const adxrLookback = (period: number): number => 3 * period - 2;

function indicatorRows({ high, low, close }: Bars, { begin, end }: Rows, { period, up }: Line, output: Float64Array): void {
  const kept = keptShare(period);
  let range = 0;
  let moved = 0;
  for (let t = begin + 1; t < begin + period; t++) {
    range += trueRange(high[t], low[t], close[t - 1]);
    moved += up ? movement(high[t] - high[t - 1], low[t - 1] - low[t]) : movement(low[t - 1] - low[t], high[t] - high[t - 1]);
  }
  let highBefore = high[begin + period - 1];
  let lowBefore = low[begin + period - 1];
  for (let t = begin + period; t < end; t++) {
    const top = high[t];
    const bottom = low[t];
    const rise = top - highBefore;
    const fall = lowBefore - bottom;
    range = range * kept + trueRange(top, bottom, close[t - 1]);
    moved = moved * kept + (up ? movement(rise, fall) : movement(fall, rise));
    output[t] = range === 0 ? 0 : 100 * (moved / range);
    highBefore = top;
    lowBefore = bottom;
  }
}

/** Stands for a direction where there is no range or no movement; NaN would be taken for a gap. */
const NO_DIRECTION = -1;

/** 100 · |DI+ − DI−| ÷ (DI+ + DI−). */
function dxRows({ high, low, close }: Bars, { begin, end }: Rows, period: number, output: Float64Array): void {
  const kept = keptShare(period);
  let range = 0;
  let plus = 0;
  let minus = 0;
  let highBefore = high[begin];
  let lowBefore = low[begin];
  for (let t = begin + 1; t < end; t++) {
    const top = high[t];
    const bottom = low[t];
    const rise = top - highBefore;
    const fall = lowBefore - bottom;
    const faded = t < begin + period ? 1 : kept;
    range = range * faded + trueRange(top, bottom, close[t - 1]);
    plus = plus * faded + movement(rise, fall);
    minus = minus * faded + movement(fall, rise);
    output[t] = strength(plus, minus, range);
    highBefore = top;
    lowBefore = bottom;
  }
}

function strength(plus: number, minus: number, range: number): number {
  const moved = plus + minus + 0 * range; // a missing close reaches the range only
  return moved === 0 ? NO_DIRECTION : 100 * (Math.abs(minus - plus) / moved);
}

/** Rows without a direction add nothing to the seed and leave the average as it is. */
function adxRows(bars: Bars, rows: Rows, period: number, output: Float64Array): void {
  dxRows(bars, rows, period, output);
  const warm = rows.begin + adxLookback(period);
  let sum = 0;
  for (let t = rows.begin + period; t <= warm; t++) if (output[t] !== NO_DIRECTION) sum += output[t];
  let average = sum / period;
  output[warm] = average;
  const kept = keptShare(period);
  const weight = 1 / period;
  for (let t = warm + 1; t < rows.end; t++) {
    if (output[t] !== NO_DIRECTION) average = average * kept + output[t] * weight;
    output[t] = average;
  }
}

function movementRows({ high, low }: Omit<Bars, 'close'>, { begin, end }: Rows, { period, up }: Line, output: Float64Array): void {
  const kept = keptShare(period);
  let moved = 0;
  for (let t = begin + 1; t < end; t++) {
    const rise = high[t] - high[t - 1];
    const fall = low[t - 1] - low[t];
    const move = up ? movement(rise, fall) : movement(fall, rise);
    if (period === 1) moved = move;
    else moved = t < begin + period ? moved + move : moved * kept + move;
    output[t] = moved;
  }
}

function indicator(name: string, bars: Bars, period: number, direction: Direction): Float64Array {
  requirePeriod(period, 1, name);
  return series({ name, inputs: [bars.high, bars.low, bars.close], lookback: directionLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => indicatorRows(bars, rows, { period, up: direction === 'up' }, output));
}

function movementSum(name: string, bars: Omit<Bars, 'close'>, period: number, direction: Direction): Float64Array {
  requirePeriod(period, 1, name);
  return series({ name, inputs: [bars.high, bars.low], lookback: movementLookback(period), memory: 'unbounded' }, (rows, output) => movementRows(bars, rows, { period, up: direction === 'up' }, output));
}

/**
 * Plus directional indicator (DI+): 100 · smoothed upward movement ÷ smoothed true range, [row], 0 … 100; 0 without range.
 *
 * Wilder's sums, seeded by the plain sum of the first period − 1 rows. Lookback `period`; unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib PLUS_DI
 */
export function plusDI(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  return indicator('plusDI', { high, low, close }, period, 'up');
}

/**
 * Minus directional indicator (DI−): as `plusDI`, of the movement down, [row], 0 … 100.
 *
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib MINUS_DI
 */
export function minusDI(high: Float64Array, low: Float64Array, close: Float64Array, period = 14): Float64Array {
  return indicator('minusDI', { high, low, close }, period, 'down');
}

/**
 * Plus directional movement: Wilder's sum of the upward movements, [row], in units of the price.
 *
 * Seeded by the plain sum of the first period − 1 rows. Lookback period − 1 (1 for period 1); unbounded memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib PLUS_DM
 */
export function plusDM(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  return movementSum('plusDM', { high, low }, period, 'up');
}

/**
 * Minus directional movement: as `plusDM`, of the movements down, [row], in units of the price.
 *
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib MINUS_DM
 */
export function minusDM(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  return movementSum('minusDM', { high, low }, period, 'down');
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
  return series({ name: 'dx', inputs: [high, low, close], lookback: directionLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => {
    dxRows({ high, low, close }, rows, period, output);
    let last = 0;
    for (let t = rows.begin + period; t < rows.end; t++) {
      if (output[t] === NO_DIRECTION) output[t] = last;
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
  return series({ name: 'adx', inputs: [high, low, close], lookback: adxLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => adxRows({ high, low, close }, rows, period, output));
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
  return series({ name: 'adxr', inputs: [high, low, close], lookback: adxrLookback(period), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => {
    adxRows({ high, low, close }, rows, period, output);
    for (let t = rows.end - 1; t >= rows.begin + adxrLookback(period); t--) output[t] = (output[t] + output[t - period + 1]) / 2;
  });
}
