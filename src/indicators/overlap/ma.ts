import { requireOptions, requirePeriod } from '../checks.js';
import { InvariantError } from '../../core/errors.js';
import { series, type Memory, type Rows } from '../rows.js';
import { demaLookback, demaRows } from './dema.js';
import { emaLookback, emaRows } from './ema.js';
import { kamaLookback, kamaRows } from './kama.js';
import { MAMA_LOOKBACK, mamaRows } from './mama.js';
import { smaLookback, smaRows } from './sma.js';
import { t3Lookback, t3Rows } from './t3.js';
import { temaLookback, temaRows } from './tema.js';
import { trimaLookback, trimaRows } from './trima.js';
import { wmaLookback, wmaRows } from './wma.js';

interface Average {
  readonly lookback: (period: number) => number;
  readonly memory: Memory;
  readonly rows: (values: Float64Array, rows: Rows, period: number, output: Float64Array) => void;
}

const AVERAGES = {
  sma: { lookback: smaLookback, memory: 'finite', rows: smaRows },
  ema: { lookback: emaLookback, memory: 'unbounded', rows: emaRows },
  wma: { lookback: wmaLookback, memory: 'finite', rows: wmaRows },
  dema: { lookback: demaLookback, memory: 'unbounded', rows: demaRows },
  tema: { lookback: temaLookback, memory: 'unbounded', rows: temaRows },
  trima: { lookback: trimaLookback, memory: 'finite', rows: trimaRows },
  kama: { lookback: kamaLookback, memory: 'unbounded', rows: kamaRows },
  mama: { lookback: () => MAMA_LOOKBACK, memory: 'unbounded', rows: (values, rows, _period, output) => mamaRows(values, rows, { fastLimit: 0.5, slowLimit: 0.05 }, { mama: output, fama: new Float64Array(output.length) }) },
  t3: { lookback: t3Lookback, memory: 'unbounded', rows: (values, rows, period, output) => t3Rows(values, rows, { period, vFactor: 0.7 }, output) },
} as const satisfies Readonly<Record<string, Average>>;

/** A kind of moving average, by TA-Lib's name in lower case. */
export type MaType = 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3';

export const MA_TYPES: readonly MaType[] = Object.keys(AVERAGES) as MaType[];

export interface AverageChoice {
  readonly type: MaType;
  readonly period: number;
}

function averageOf(type: MaType): Average {
  requireAverage(type, 'a lookback');
  return AVERAGES[type];
}

/** @throws InvariantError unless there is an average of that name */
export function requireAverage(type: MaType, where: string, name = 'maType'): void {
  if (typeof type === 'string' && Object.hasOwn(AVERAGES, type)) return;
  throw new InvariantError(`expected one of the moving averages ${MA_TYPES.join(', ')}, found ${typeof type === 'string' ? `"${String(type)}"` : String(type)} as ${name} of ${where}`);
}

/** A period of 1 is no smoothing, whatever the type. */
export function averageLookback({ type, period }: AverageChoice): number {
  const { lookback } = averageOf(type);
  return period === 1 ? 0 : lookback(period);
}

export function averageMemory(...averages: readonly AverageChoice[]): Memory {
  return averages.every(({ type, period }) => period === 1 || averageOf(type).memory === 'finite') ? 'finite' : 'unbounded';
}

export function averageRows(values: Float64Array, rows: Rows, { type, period }: AverageChoice, output: Float64Array): void {
  if (period === 1) output.set(values.subarray(rows.begin, rows.end), rows.begin);
  else averageOf(type).rows(values, rows, period, output);
}

/**
 * Moving average of the named type, [row].
 *
 * Lookback and memory are those of the type; a period of 1 returns the values as they are. `mama` takes no notice of the period.
 * @throws InvariantError when the period is not a whole number ≥ 1 or the type is unknown
 * @see TA-Lib MA
 */
export function ma(values: Float64Array, period = 30, options: { readonly maType?: MaType } = {}): Float64Array {
  requirePeriod(period, 1, 'ma');
  requireOptions(options, ['maType'], 'ma');
  const { maType = 'sma' } = options;
  requireAverage(maType, 'ma');
  const average = { type: maType, period };
  return series({ name: 'ma', inputs: [values], lookback: averageLookback(average), memory: averageMemory(average), gaps: 'lasting' }, (rows, output) => averageRows(values, rows, average, output));
}
