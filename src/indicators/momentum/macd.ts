import { requireOptions, requirePeriod } from '../checks.js';
import { emaWeight, seed } from '../overlap/ema.js';
import { averageLookback, averageMemory, averageRows, requireAverage, type AverageChoice, type MaType } from '../overlap/ma.js';
import { seriesByName, type Memory, type Rows } from '../rows.js';

export interface Macd {
  /** Fast average minus slow average. */
  readonly macd: Float64Array;
  /** Average of `macd`. */
  readonly signal: Float64Array;
  /** `macd` minus `signal`. */
  readonly hist: Float64Array;
}

export interface MacdOptions {
  readonly fastPeriod?: number;
  readonly slowPeriod?: number;
  readonly signalPeriod?: number;
}

export interface MacdExtOptions extends MacdOptions {
  readonly fastMaType?: MaType;
  readonly slowMaType?: MaType;
  readonly signalMaType?: MaType;
}

const PERIODS = ['fastPeriod', 'slowPeriod', 'signalPeriod'];
const PERIODS_AND_TYPES = [...PERIODS, 'fastMaType', 'slowMaType', 'signalMaType'];

export const macdLookback = ({ fastPeriod, slowPeriod, signalPeriod }: Required<MacdOptions>): number => Math.max(fastPeriod, slowPeriod) - 1 + signalPeriod - 1;

interface Kernel extends Required<MacdOptions> {
  readonly fastWeight: number;
  readonly slowWeight: number;
}

/** The fast average is seeded so that its first value falls on the first row of the slow one. */
function macdRows(values: Float64Array, { begin, end }: Rows, { fastPeriod, slowPeriod, signalPeriod, fastWeight, slowWeight }: Kernel, { macd, signal, hist }: Macd): void {
  const first = begin + slowPeriod - 1;
  const warm = first + signalPeriod - 1;
  const signalWeight = emaWeight(signalPeriod);
  let slow = seed(values, begin, slowPeriod);
  let fast = seed(values, first - fastPeriod + 1, fastPeriod);
  let average = 0;
  for (let t = first; t <= warm; t++) {
    if (t > first) {
      slow += (values[t] - slow) * slowWeight;
      fast += (values[t] - fast) * fastWeight;
    }
    average += fast - slow;
  }
  average /= signalPeriod;
  macd[warm] = fast - slow;
  signal[warm] = average;
  hist[warm] = fast - slow - average;
  const [slowKept, fastKept, signalKept] = [1 - slowWeight, 1 - fastWeight, 1 - signalWeight];
  for (let t = warm + 1; t < end; t++) {
    const value = values[t];
    slow = slow * slowKept + value * slowWeight;
    fast = fast * fastKept + value * fastWeight;
    const difference = fast - slow;
    average = average * signalKept + difference * signalWeight;
    macd[t] = difference;
    signal[t] = average;
    hist[t] = difference - average;
  }
}

/**
 * Moving average convergence/divergence: fast EMA − slow EMA, its EMA, and their difference, each [row], in units of the price.
 *
 * Every average is seeded by a simple mean; the fast one by the last `fastPeriod` of the first `slowPeriod` values, so that
 * both start on one row. All three start on the row of the first signal. Lookback slow − 1 + signal − 1; unbounded memory.
 * Periods given the wrong way round are swapped.
 * @throws InvariantError when a period is not a whole number ≥ 2 (signal: ≥ 1)
 * @see Appel, The Moving Average Convergence-Divergence Method (1979); TA-Lib MACD
 */
export function macd(close: Float64Array, options: MacdOptions = {}): Macd {
  requireOptions(options, PERIODS, 'macd');
  const { fastPeriod = 12, slowPeriod = 26, signalPeriod = 9 } = options;
  requirePeriod(fastPeriod, 2, 'macd', 'fastPeriod');
  requirePeriod(slowPeriod, 2, 'macd', 'slowPeriod');
  requirePeriod(signalPeriod, 1, 'macd', 'signalPeriod');
  const [fast, slow] = [Math.min(fastPeriod, slowPeriod), Math.max(fastPeriod, slowPeriod)];
  return weightedMacd(close, 'macd', { fastPeriod: fast, slowPeriod: slow, signalPeriod, fastWeight: emaWeight(fast), slowWeight: emaWeight(slow) });
}

/**
 * `macd` of 12 and 26 rows with the rounded weights 0.15 and 0.075 of Appel's original, each [row].
 *
 * Seeds, lookback and memory as in `macd`.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib MACDFIX
 */
export function macdfix(close: Float64Array, signalPeriod = 9): Macd {
  requirePeriod(signalPeriod, 1, 'macdfix', 'signalPeriod');
  return weightedMacd(close, 'macdfix', { fastPeriod: 12, slowPeriod: 26, signalPeriod, fastWeight: 0.15, slowWeight: 0.075 });
}

function weightedMacd(close: Float64Array, name: string, kernel: Kernel): Macd {
  return seriesByName({ name, inputs: [close], lookback: macdLookback(kernel), memory: 'unbounded', gaps: 'lasting' }, ['macd', 'signal', 'hist'], (rows, outputs) => macdRows(close, rows, kernel, outputs));
}

interface Choices {
  readonly fast: AverageChoice;
  readonly slow: AverageChoice;
  readonly signal: AverageChoice;
}

function choices({ fastPeriod = 12, slowPeriod = 26, signalPeriod = 9, fastMaType = 'sma', slowMaType = 'sma', signalMaType = 'sma' }: MacdExtOptions): Choices {
  const one = { type: fastMaType, period: fastPeriod };
  const other = { type: slowMaType, period: slowPeriod };
  const [fast, slow] = slowPeriod < fastPeriod ? [other, one] : [one, other];
  return { fast, slow, signal: { type: signalMaType, period: signalPeriod } };
}

export function macdextMemory(options: MacdExtOptions): Memory {
  const { fast, slow, signal } = choices(options);
  return averageMemory(fast, slow, signal);
}

export function macdextLookback(options: MacdExtOptions): number {
  const { fast, slow, signal } = choices(options);
  return Math.max(averageLookback(fast), averageLookback(slow)) + averageLookback(signal);
}

function requireChoices({ fastPeriod = 12, slowPeriod = 26, signalPeriod = 9, fastMaType = 'sma', slowMaType = 'sma', signalMaType = 'sma' }: MacdExtOptions): void {
  requirePeriod(fastPeriod, 2, 'macdext', 'fastPeriod');
  requirePeriod(slowPeriod, 2, 'macdext', 'slowPeriod');
  requirePeriod(signalPeriod, 1, 'macdext', 'signalPeriod');
  requireAverage(fastMaType, 'macdext', 'fastMaType');
  requireAverage(slowMaType, 'macdext', 'slowMaType');
  requireAverage(signalMaType, 'macdext', 'signalMaType');
}

/**
 * `macd` with a type of moving average for each of its three averages (simple by default), each [row].
 *
 * The averages that need fewer rows start later, so that both have their first value on one row. Lookback the longer of
 * the two plus that of the signal; memory finite when all three have one.
 * @throws InvariantError when a period is not a whole number ≥ 2 (signal: ≥ 1) or a type is unknown
 * @see TA-Lib MACDEXT
 */
export function macdext(close: Float64Array, options: MacdExtOptions = {}): Macd {
  requireOptions(options, PERIODS_AND_TYPES, 'macdext');
  const { fast, slow, signal } = choices(options);
  requireChoices(options);
  const walk = { name: 'macdext', inputs: [close], lookback: macdextLookback(options), memory: averageMemory(fast, slow, signal), gaps: 'lasting' } as const;
  return seriesByName(walk, ['macd', 'signal', 'hist'], (rows, outputs) => {
    const first = differenceRows(close, rows, { fast, slow }, outputs.macd);
    averageRows(outputs.macd, { begin: first, end: rows.end }, signal, outputs.signal);
    for (let t = rows.begin + walk.lookback; t < rows.end; t++) outputs.hist[t] = outputs.macd[t] - outputs.signal[t];
  });
}

/** Fast average − slow average, both with their first value on the returned row. */
function differenceRows(values: Float64Array, { begin, end }: Rows, { fast, slow }: Pick<Choices, 'fast' | 'slow'>, output: Float64Array): number {
  const first = begin + Math.max(averageLookback(fast), averageLookback(slow));
  const slowAverage = new Float64Array(end);
  averageRows(values, { begin: first - averageLookback(fast), end }, fast, output);
  averageRows(values, { begin: first - averageLookback(slow), end }, slow, slowAverage);
  for (let t = first; t < end; t++) output[t] -= slowAverage[t];
  return first;
}
