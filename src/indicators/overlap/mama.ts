import { requireBetween, requireOptions } from '../checks.js';
import { CYCLE_LOOKBACK, DEGREES, MAMA_PRIMING, measureCycle } from '../cycle/measure.js';
import { seriesByName, type Rows } from '../rows.js';

export interface MamaOptions {
  /** Largest weight of the newest value. */
  readonly fastLimit?: number;
  /** Smallest weight of the newest value. */
  readonly slowLimit?: number;
}

export interface Mama {
  readonly mama: Float64Array;
  readonly fama: Float64Array;
}

export const MAMA_LOOKBACK = CYCLE_LOOKBACK;

export function mamaRows(values: Float64Array, rows: Rows, { fastLimit, slowLimit }: Required<MamaOptions>, output: Mama): void {
  const { start, inPhase, quadrature } = measureCycle(values, rows, MAMA_PRIMING);
  let [mama, fama, phase] = [0, 0, 0];
  for (let t = start; t < rows.end; t++) {
    const before = phase;
    phase = inPhase[t] === 0 ? 0 : Math.atan(quadrature[t] / inPhase[t]) * DEGREES;
    const turn = Math.max(1, before - phase);
    const weight = turn > 1 ? Math.max(fastLimit / turn, slowLimit) : fastLimit;
    mama = weight * values[t] + (1 - weight) * mama;
    fama = 0.5 * weight * mama + (1 - 0.5 * weight) * fama;
    output.mama[t] = mama;
    output.fama[t] = fama;
  }
}

/**
 * MESA adaptive moving average and its follower: exponential averages whose weight falls with the speed at which the
 * phase of the dominant cycle turns, each [row].
 *
 * Both start from 0 twenty rows before the first output. Lookback 32; unbounded memory.
 * @throws InvariantError when a limit is not in [0.01, 0.99]
 * @see Ehlers, MESA Adaptive Moving Averages (2001); TA-Lib MAMA
 */
export function mama(values: Float64Array, options: MamaOptions = {}): Mama {
  requireOptions(options, ['fastLimit', 'slowLimit'], 'mama');
  const { fastLimit = 0.5, slowLimit = 0.05 } = options;
  requireBetween(fastLimit, [0.01, 0.99], 'mama', 'fastLimit');
  requireBetween(slowLimit, [0.01, 0.99], 'mama', 'slowLimit');
  return seriesByName({ name: 'mama', inputs: [values], lookback: MAMA_LOOKBACK, memory: 'unbounded' }, ['mama', 'fama'], (rows, output) => mamaRows(values, rows, { fastLimit, slowLimit }, output));
}
