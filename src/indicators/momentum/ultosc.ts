import { positivePart } from '../branchless.js';
import { requireOptions, requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { scratch } from '../scratch.js';
import { trueRange, type HighLowClose } from '../volatility/trange.js';

export interface UltoscOptions {
  readonly shortPeriod?: number;
  readonly middlePeriod?: number;
  readonly longPeriod?: number;
}

export const ultoscLookback = ({ shortPeriod = 7, middlePeriod = 14, longPeriod = 28 }: UltoscOptions = {}): number => Math.max(shortPeriod, middlePeriod, longPeriod);

type Windows = readonly [short: number, middle: number, long: number];

/** Buying pressure and true range of each row. */
function pressureRows({ high, low, close }: HighLowClose, { begin, end }: Rows, pressure: Float64Array, range: Float64Array): void {
  for (let t = begin + 1; t < end; t++) {
    const before = close[t - 1];
    const bottom = low[t];
    pressure[t] = close[t] - bottom + positivePart(bottom - before);
    range[t] = trueRange(high[t], bottom, before);
  }
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let t = from; t <= to; t++) sum += values[t];
  return sum;
}

/** Running sums over three windows that end on the same row; the shortest weighs most. */
function ultoscRows(bars: HighLowClose, rows: Rows, [short, middle, long]: Windows, output: Float64Array): void {
  const { end } = rows;
  const pressure = scratch(0, end);
  const range = scratch(1, end);
  pressureRows(bars, rows, pressure, range);
  const warm = rows.begin + long;
  let shortPressure = sumOf(pressure, warm - short + 1, warm);
  let middlePressure = sumOf(pressure, warm - middle + 1, warm);
  let longPressure = sumOf(pressure, warm - long + 1, warm);
  let shortRange = sumOf(range, warm - short + 1, warm);
  let middleRange = sumOf(range, warm - middle + 1, warm);
  let longRange = sumOf(range, warm - long + 1, warm);
  let lastMoved = warm;
  while (lastMoved > warm - long && range[lastMoved] === 0) lastMoved--;
  for (let t = warm; t < end; t++) {
    if (t > warm) {
      shortPressure += pressure[t] - pressure[t - short];
      middlePressure += pressure[t] - pressure[t - middle];
      longPressure += pressure[t] - pressure[t - long];
      shortRange += range[t] - range[t - short];
      middleRange += range[t] - range[t - middle];
      longRange += range[t] - range[t - long];
      if (range[t] !== 0) lastMoved = t;
    }
    // a running sum of nothing is not quite 0, so the rows without movement are counted
    const still = t - lastMoved;
    if (still < short) output[t] = (((4 * shortPressure * middleRange + 2 * middlePressure * shortRange) / (shortRange * middleRange) + longPressure / longRange) * 100) / 7; // two divisions are quicker than three
    else if (still < middle) output[t] = ((2 * (middlePressure / middleRange) + longPressure / longRange) * 100) / 7;
    else output[t] = still < long ? ((longPressure / longRange) * 100) / 7 : 0;
  }
}

/**
 * Ultimate oscillator: buying pressure ÷ true range over three windows, weighted 4 : 2 : 1 from the shortest, [row], 0 … 100.
 *
 * Buying pressure = close − the lower of low and previous close. Lookback the longest period; finite memory.
 * @throws InvariantError when a period is not a whole number ≥ 1
 * @see Williams, The Ultimate Oscillator (1985); TA-Lib ULTOSC
 */
export function ultosc(high: Float64Array, low: Float64Array, close: Float64Array, options: UltoscOptions = {}): Float64Array {
  requireOptions(options, ['shortPeriod', 'middlePeriod', 'longPeriod'], 'ultosc');
  const { shortPeriod = 7, middlePeriod = 14, longPeriod = 28 } = options;
  requirePeriod(shortPeriod, 1, 'ultosc', 'shortPeriod');
  requirePeriod(middlePeriod, 1, 'ultosc', 'middlePeriod');
  requirePeriod(longPeriod, 1, 'ultosc', 'longPeriod');
  const [short, middle, long] = [shortPeriod, middlePeriod, longPeriod].sort((a, b) => a - b);
  return series({ name: 'ultosc', inputs: [high, low, close], lookback: long, memory: 'finite', gaps: 'lasting' }, (rows, output) => ultoscRows({ high, low, close }, rows, [short, middle, long], output));
}
