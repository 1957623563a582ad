import { FINITE, requireBetween, requireOptions } from '../checks.js';
import { series, type Rows } from '../rows.js';
import { SAR_LOOKBACK, startsShort } from './sar.js';

export interface SarExtOptions {
  /** First stop: above 0 starts long there, below 0 short there, 0 as `sar` does. */
  readonly startValue?: number;
  /** Share of itself by which the stop moves away at a turn. */
  readonly offsetOnReverse?: number;
  readonly accelerationInitLong?: number;
  readonly accelerationLong?: number;
  readonly accelerationMaxLong?: number;
  readonly accelerationInitShort?: number;
  readonly accelerationShort?: number;
  readonly accelerationMaxShort?: number;
}

interface Side {
  readonly initial: number;
  readonly step: number;
  readonly maximum: number;
}

interface Rules {
  readonly startValue: number;
  readonly offset: number;
  readonly long: Side;
  readonly short: Side;
}

const side = (initial: number, step: number, maximum: number): Side => ({ initial: Math.min(initial, maximum), step: Math.min(step, maximum), maximum });

const OPTIONS = ['startValue', 'offsetOnReverse', 'accelerationInitLong', 'accelerationLong', 'accelerationMaxLong', 'accelerationInitShort', 'accelerationShort', 'accelerationMaxShort'];

function rulesOf(options: SarExtOptions): Rules {
  requireOptions(options, OPTIONS, 'sarext');
  const { startValue = 0, offsetOnReverse = 0 } = options;
  const { accelerationInitLong = 0.02, accelerationLong = 0.02, accelerationMaxLong = 0.2 } = options;
  const { accelerationInitShort = 0.02, accelerationShort = 0.02, accelerationMaxShort = 0.2 } = options;
  const notNegative = { offsetOnReverse, accelerationInitLong, accelerationLong, accelerationMaxLong, accelerationInitShort, accelerationShort, accelerationMaxShort };
  for (const [name, value] of Object.entries(notNegative)) requireBetween(value, [0, Number.MAX_VALUE], 'sarext', name);
  requireBetween(startValue, FINITE, 'sarext', 'startValue');
  return {
    startValue,
    offset: offsetOnReverse,
    long: side(accelerationInitLong, accelerationLong, accelerationMaxLong),
    short: side(accelerationInitShort, accelerationShort, accelerationMaxShort),
  };
}

function sarextRows(high: Float64Array, low: Float64Array, { begin, end }: Rows, { rules, output }: { readonly rules: Rules; readonly output: Float64Array }): void {
  let long = rules.startValue === 0 ? !startsShort(high, low, begin) : rules.startValue > 0;
  let extreme = long ? high[begin + 1] : low[begin + 1];
  let stop = Math.abs(rules.startValue);
  if (stop === 0) stop = long ? low[begin] : high[begin];
  let factor = (long ? rules.long : rules.short).initial;
  for (let t = begin + 1; t < end; t++) {
    const before = Math.max(t - 1, begin + 1);
    const nearest = (stopping: boolean): number => (stopping ? Math.min(low[before], low[t]) : Math.max(high[before], high[t]));
    if (long ? low[t] <= stop : high[t] >= stop) {
      stop = long ? Math.max(extreme, nearest(false)) : Math.min(extreme, nearest(true));
      stop += (long ? 1 : -1) * stop * rules.offset;
      long = !long;
      factor = (long ? rules.long : rules.short).initial;
      extreme = long ? high[t] : low[t];
      output[t] = long ? stop : -stop;
    } else {
      output[t] = long ? stop : -stop;
      if (long ? high[t] > extreme : low[t] < extreme) {
        const { step, maximum } = long ? rules.long : rules.short;
        extreme = long ? high[t] : low[t];
        factor = Math.min(factor + step, maximum);
      }
    }
    stop += factor * (extreme - stop);
    stop = long ? Math.min(stop, nearest(true)) : Math.max(stop, nearest(false));
  }
}

/**
 * Parabolic stop and reverse, extended: `sar` with accelerations of its own for each side, a first stop and an offset at
 * turns, [row]; the stop of a short position is negative.
 *
 * Lookback 1; unbounded memory.
 * @throws InvariantError when an option other than `startValue` is negative
 * @see TA-Lib SAREXT
 */
export function sarext(high: Float64Array, low: Float64Array, options: SarExtOptions = {}): Float64Array {
  const rules = rulesOf(options);
  return series({ name: 'sarext', inputs: [high, low], lookback: SAR_LOOKBACK, memory: 'unbounded' }, (rows, output) => sarextRows(high, low, rows, { rules, output }));
}
