import { requireOptions, requirePeriod } from '../checks.js';
import { averageLookback, averageMemory, averageRows, requireAverage, type AverageChoice, type MaType } from '../overlap/ma.js';
import { seriesByName, type Memory } from '../rows.js';
import { scratch } from '../scratch.js';
import { positionRows } from './position.js';
import { rsiLookback, rsiRows } from './rsi.js';

export interface Stochastic {
  readonly k: Float64Array;
  readonly d: Float64Array;
}

export interface StochOptions {
  readonly fastKPeriod?: number;
  readonly slowKPeriod?: number;
  readonly slowKMaType?: MaType;
  readonly slowDPeriod?: number;
  readonly slowDMaType?: MaType;
}

export interface StochFastOptions {
  readonly fastKPeriod?: number;
  readonly fastDPeriod?: number;
  readonly fastDMaType?: MaType;
}

interface Smoothing {
  readonly slowK: AverageChoice;
  readonly slowD: AverageChoice;
}

function smoothing({ slowKPeriod = 3, slowKMaType = 'sma', slowDPeriod = 3, slowDMaType = 'sma' }: StochOptions): Smoothing {
  return { slowK: { type: slowKMaType, period: slowKPeriod }, slowD: { type: slowDMaType, period: slowDPeriod } };
}

const fastD = ({ fastDPeriod = 3, fastDMaType = 'sma' }: StochFastOptions): AverageChoice => ({ type: fastDMaType, period: fastDPeriod });

export function stochLookback(options: StochOptions = {}): number {
  const { slowK, slowD } = smoothing(options);
  return (options.fastKPeriod ?? 5) - 1 + averageLookback(slowK) + averageLookback(slowD);
}

export function stochfLookback(options: StochFastOptions = {}): number {
  return (options.fastKPeriod ?? 5) - 1 + averageLookback(fastD(options));
}

export function stochMemory(options: StochOptions): Memory {
  const { slowK, slowD } = smoothing(options);
  return averageMemory(slowK, slowD);
}

export const stochfMemory = (options: StochFastOptions): Memory => averageMemory(fastD(options));

export const stochrsiLookback = (period: number, options: StochFastOptions = {}): number => rsiLookback(period) + stochfLookback(options);

function requireChoice({ type, period }: AverageChoice, where: string, line: string): void {
  requirePeriod(period, 1, where, `${line}Period`);
  requireAverage(type, where, `${line}MaType`);
}

function requireFast(options: StochFastOptions, where: string): void {
  requireOptions(options, ['fastKPeriod', 'fastDPeriod', 'fastDMaType'], where);
  const { fastKPeriod = 5 } = options;
  requirePeriod(fastKPeriod, 1, where, 'fastKPeriod');
  requireChoice(fastD(options), where, 'fastD');
}

/**
 * Slow stochastic: %K is the average of the fast %K, %D the average of %K, each [row], 0 … 100.
 *
 * Fast %K = 100 · (close − lowest low) ÷ (highest high − lowest low) of `fastKPeriod` rows, 0 where the range is 0. Simple
 * averages unless told otherwise. Both lines start together: lookback fastK − 1 + that of both averages; memory that of the averages.
 * @throws InvariantError when a period is not a whole number ≥ 1 or a type is unknown
 * @see Lane, Lane's Stochastics (1984); TA-Lib STOCH
 */
export function stoch(high: Float64Array, low: Float64Array, close: Float64Array, options: StochOptions = {}): Stochastic {
  requireOptions(options, ['fastKPeriod', 'slowKPeriod', 'slowKMaType', 'slowDPeriod', 'slowDMaType'], 'stoch');
  const { slowK, slowD } = smoothing(options);
  const { fastKPeriod = 5 } = options;
  requirePeriod(fastKPeriod, 1, 'stoch', 'fastKPeriod');
  requireChoice(slowK, 'stoch', 'slowK');
  requireChoice(slowD, 'stoch', 'slowD');
  const walk = { name: 'stoch', inputs: [high, low, close], lookback: stochLookback(options), memory: averageMemory(slowK, slowD), gaps: 'lasting' } as const;
  return seriesByName(walk, ['k', 'd'], ({ begin, end }, { k, d }) => {
    const fastK = scratch(2, end);
    positionRows({ high, low, close }, { begin, end }, { period: fastKPeriod, origin: 0 }, fastK);
    const first = begin + fastKPeriod - 1;
    averageRows(fastK, { begin: first, end }, slowK, k);
    averageRows(k, { begin: first + averageLookback(slowK), end }, slowD, d);
  });
}

/**
 * Fast stochastic: %K as it is, %D its average, each [row], 0 … 100; see `stoch`.
 *
 * Lookback fastK − 1 + that of the average; memory that of the average.
 * @throws InvariantError when a period is not a whole number ≥ 1 or the type is unknown
 * @see Lane, Lane's Stochastics (1984); TA-Lib STOCHF
 */
export function stochf(high: Float64Array, low: Float64Array, close: Float64Array, options: StochFastOptions = {}): Stochastic {
  requireFast(options, 'stochf');
  const average = fastD(options);
  const { fastKPeriod = 5 } = options;
  const walk = { name: 'stochf', inputs: [high, low, close], lookback: stochfLookback(options), memory: averageMemory(average), gaps: 'lasting' } as const;
  return seriesByName(walk, ['k', 'd'], ({ begin, end }, { k, d }) => {
    positionRows({ high, low, close }, { begin, end }, { period: fastKPeriod, origin: 0 }, k);
    averageRows(k, { begin: begin + fastKPeriod - 1, end }, average, d);
  });
}

/**
 * Stochastic RSI: the fast stochastic of the RSI's own range, each [row], 0 … 100.
 *
 * %K = 100 · (RSI − lowest RSI) ÷ (highest RSI − lowest RSI) of `fastKPeriod` rows, unsmoothed; charts that show a smoothed
 * %K show this one's %D. Lookback `period` + fastK − 1 + that of the average; unbounded memory.
 * @throws InvariantError when a period is not a whole number ≥ 1 (RSI: ≥ 2) or the type is unknown
 * @see Chande and Kroll, The New Technical Trader (1994); TA-Lib STOCHRSI
 */
export function stochrsi(close: Float64Array, period = 14, options: StochFastOptions = {}): Stochastic {
  requirePeriod(period, 2, 'stochrsi');
  requireFast(options, 'stochrsi');
  const average = fastD(options);
  const { fastKPeriod = 5 } = options;
  const walk = { name: 'stochrsi', inputs: [close], lookback: stochrsiLookback(period, options), memory: 'unbounded', gaps: 'lasting' } as const;
  return seriesByName(walk, ['k', 'd'], ({ begin, end }, { k, d }) => {
    const strength = scratch(2, end);
    rsiRows(close, { begin, end }, period, strength);
    const first = begin + rsiLookback(period);
    positionRows({ high: strength, low: strength, close: strength }, { begin: first, end }, { period: fastKPeriod, origin: 0 }, k);
    averageRows(k, { begin: first + fastKPeriod - 1, end }, average, d);
  });
}
