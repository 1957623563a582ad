import { requireOptions, requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { emaWeight } from '../overlap/ema.js';
import type { HighLowClose } from '../volatility/trange.js';

interface Bars extends HighLowClose {
  readonly volume: Float64Array;
}

export interface AdoscOptions {
  readonly fastPeriod?: number;
  readonly slowPeriod?: number;
}

export const adoscLookback = ({ fastPeriod = 3, slowPeriod = 10 }: AdoscOptions = {}): number => Math.max(fastPeriod, slowPeriod) - 1;

function adRows({ high, low, close, volume }: Bars, { begin, end }: Rows, output: Float64Array): void {
  let line = 0;
  for (let t = begin; t < end; t++) {
    const range = high[t] - low[t];
    line += range <= 0 ? 0 : ((close[t] - low[t] - (high[t] - close[t])) / range) * volume[t];
    output[t] = line;
  }
}

function adoscRows(bars: Bars, rows: Rows, [fastPeriod, slowPeriod]: readonly [number, number], output: Float64Array): void {
  adRows(bars, rows, output);
  const [fastWeight, slowWeight] = [emaWeight(fastPeriod), emaWeight(slowPeriod)];
  let fast = output[rows.begin];
  let slow = fast;
  for (let t = rows.begin + 1; t < rows.end; t++) {
    fast = fastWeight * output[t] + (1 - fastWeight) * fast;
    slow = slowWeight * output[t] + (1 - slowWeight) * slow;
    output[t] = fast - slow;
  }
}

/**
 * Chaikin's accumulation/distribution line: running sum of volume · ((close − low) − (high − close)) ÷ (high − low), [row],
 * in units of the volume; bars without range add nothing.
 *
 * Starts from 0 before the first row. Lookback 0; unbounded memory.
 * @see TA-Lib AD
 */
export function ad(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array): Float64Array {
  return series({ name: 'ad', inputs: [high, low, close, volume], lookback: 0, memory: 'unbounded', gaps: 'lasting' }, (rows, output) => adRows({ high, low, close, volume }, rows, output));
}

/**
 * Chaikin's oscillator: fast EMA − slow EMA of the `ad` line, [row], in units of the volume.
 *
 * Both averages start from the first value of the line, unlike `ema`. Lookback slow period − 1; unbounded memory.
 * @throws InvariantError when a period is not a whole number ≥ 2
 * @see TA-Lib ADOSC
 */
// eslint-disable-next-line max-params -- TA-Lib's order of inputs
export function adosc(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, options: AdoscOptions = {}): Float64Array {
  requireOptions(options, ['fastPeriod', 'slowPeriod'], 'adosc');
  const { fastPeriod = 3, slowPeriod = 10 } = options;
  requirePeriod(fastPeriod, 2, 'adosc', 'fastPeriod');
  requirePeriod(slowPeriod, 2, 'adosc', 'slowPeriod');
  const bars = { high, low, close, volume };
  return series({ name: 'adosc', inputs: [high, low, close, volume], lookback: adoscLookback({ fastPeriod, slowPeriod }), memory: 'unbounded', gaps: 'lasting' }, (rows, output) => adoscRows(bars, rows, [fastPeriod, slowPeriod], output));
}
