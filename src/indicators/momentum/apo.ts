import { requireOptions, requirePeriod } from '../checks.js';
import { isTiny } from '../zero.js';
import { averageLookback, averageMemory, averageRows, requireAverage, type AverageChoice, type MaType } from '../overlap/ma.js';
import { series, type Memory } from '../rows.js';

export interface OscillatorOptions {
  readonly fastPeriod?: number;
  readonly slowPeriod?: number;
  readonly maType?: MaType;
}

type Filled = Required<OscillatorOptions>;

const slower = ({ fastPeriod, slowPeriod, maType }: Filled): AverageChoice => ({ type: maType, period: Math.max(fastPeriod, slowPeriod) });
const faster = ({ fastPeriod, slowPeriod, maType }: Filled): AverageChoice => ({ type: maType, period: Math.min(fastPeriod, slowPeriod) });

export const oscillatorMemory = (options: Filled): Memory => averageMemory(faster(options), slower(options));
export const oscillatorLookback = (options: Filled): number => averageLookback(slower(options));

function filled(options: OscillatorOptions, name: string): Filled {
  requireOptions(options, ['fastPeriod', 'slowPeriod', 'maType'], name);
  const { fastPeriod = 12, slowPeriod = 26, maType = 'ema' } = options;
  requirePeriod(fastPeriod, 2, name, 'fastPeriod');
  requirePeriod(slowPeriod, 2, name, 'slowPeriod');
  requireAverage(maType, name);
  return { fastPeriod, slowPeriod, maType };
}

function oscillate(close: Float64Array, name: string, given: OscillatorOptions, of: (fast: number, slow: number) => number): Float64Array {
  const options = filled(given, name);
  const [fast, slow, lookback] = [faster(options), slower(options), oscillatorLookback(options)];
  return series({ name, inputs: [close], lookback, memory: averageMemory(fast, slow), gaps: 'lasting' }, ({ begin, end }, output) => {
    const slowAverage = new Float64Array(end);
    averageRows(close, { begin, end }, fast, output);
    averageRows(close, { begin, end }, slow, slowAverage);
    for (let t = begin + lookback; t < end; t++) output[t] = of(output[t], slowAverage[t]);
  });
}

/**
 * Absolute price oscillator: fast average − slow average, [row], in units of the price.
 *
 * Each average is seeded by the first rows that it needs, unlike in `macd`. Lookback that of the slow average; memory that of the type.
 * @throws InvariantError when a period is not a whole number ≥ 2 or the type is unknown
 * @see TA-Lib APO
 */
export function apo(close: Float64Array, options: OscillatorOptions = {}): Float64Array {
  return oscillate(close, 'apo', options, (fast, slow) => fast - slow);
}

/**
 * Percentage price oscillator: (fast average ÷ slow average − 1) · 100, [row], percent; 0 where the slow average is 0.
 *
 * Averages, lookback and memory as in `apo`.
 * @throws InvariantError when a period is not a whole number ≥ 2 or the type is unknown
 * @see TA-Lib PPO
 */
export function ppo(close: Float64Array, options: OscillatorOptions = {}): Float64Array {
  return oscillate(close, 'ppo', options, (fast, slow) => (isTiny(slow) ? 0 : ((fast - slow) / slow) * 100));
}
