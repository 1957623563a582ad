import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { trueRange, type HighLowClose } from '../volatility/trange.js';

export interface UltoscOptions {
  readonly shortPeriod?: number;
  readonly middlePeriod?: number;
  readonly longPeriod?: number;
}

export const ultoscLookback = ({ shortPeriod = 7, middlePeriod = 14, longPeriod = 28 }: UltoscOptions = {}): number => Math.max(shortPeriod, middlePeriod, longPeriod);

type Windows = readonly [short: number, middle: number, long: number];

/** Running sums of buying pressure and true range over three windows that end on the same row. */
function ultoscRows({ high, low, close }: HighLowClose, { begin, end }: Rows, [short, middle, long]: Windows, output: Float64Array): void {
  const pressure = new Float64Array(end);
  const range = new Float64Array(end);
  let [shortPressure, middlePressure, longPressure, shortRange, middleRange, longRange] = [0, 0, 0, 0, 0, 0];
  const warm = begin + long;
  for (let t = begin + 1; t < end; t++) {
    const before = close[t - 1];
    const bought = close[t] - (low[t] < before ? low[t] : before);
    const tr = trueRange(high[t], low[t], before);
    pressure[t] = bought;
    range[t] = tr;
    if (t > warm - short) {
      shortPressure += bought;
      shortRange += tr;
    }
    if (t > warm - middle) {
      middlePressure += bought;
      middleRange += tr;
    }
    longPressure += bought;
    longRange += tr;
    if (t < warm) continue;
    let sum = 0;
    if (shortRange !== 0) sum += 4 * (shortPressure / shortRange);
    if (middleRange !== 0) sum += 2 * (middlePressure / middleRange);
    if (longRange !== 0) sum += longPressure / longRange;
    output[t] = 100 * (sum / 7);
    shortPressure -= pressure[t - short + 1];
    shortRange -= range[t - short + 1];
    middlePressure -= pressure[t - middle + 1];
    middleRange -= range[t - middle + 1];
    longPressure -= pressure[t - long + 1];
    longRange -= range[t - long + 1];
  }
}

/**
 * Ultimate oscillator: buying pressure ÷ true range over three windows, weighted 4 : 2 : 1 from the shortest, [row], 0 … 100.
 *
 * Buying pressure = close − the lower of low and previous close. Lookback the longest period; finite memory.
 * @throws InvariantError when a period is not a whole number ≥ 1
 * @see Williams, The Ultimate Oscillator (1985); TA-Lib ULTOSC
 */
export function ultosc(high: Float64Array, low: Float64Array, close: Float64Array, { shortPeriod = 7, middlePeriod = 14, longPeriod = 28 }: UltoscOptions = {}): Float64Array {
  for (const period of [shortPeriod, middlePeriod, longPeriod]) requirePeriod(period, 1, 'ultosc');
  const [short, middle, long] = [shortPeriod, middlePeriod, longPeriod].sort((a, b) => a - b);
  return series({ name: 'ultosc', inputs: [high, low, close], lookback: long, memory: 'finite' }, (rows, output) => ultoscRows({ high, low, close }, rows, [short, middle, long], output));
}
