import { requireBetween, requireOptions } from '../checks.js';
import { series, type Rows } from '../rows.js';

export interface SarOptions {
  /** What the acceleration starts at and gains with every new extreme. */
  readonly acceleration?: number;
  /** Largest acceleration. */
  readonly maximum?: number;
}

export const SAR_LOOKBACK = 1;

/** Short when the second bar moved down further than up (Wilder's directional movement), else long. */
export function startsShort(high: Float64Array, low: Float64Array, begin: number): boolean {
  const down = low[begin] - low[begin + 1];
  return down > 0 && down > high[begin + 1] - high[begin];
}

/** At a turn the stop jumps to the old trend's extreme; it never comes nearer than the last two bars. */
function sarRows(high: Float64Array, low: Float64Array, { begin, end }: Rows, { acceleration, maximum, output }: Required<SarOptions> & { readonly output: Float64Array }): void {
  const step = Math.min(acceleration, maximum);
  let long = !startsShort(high, low, begin);
  let extreme = long ? high[begin + 1] : low[begin + 1];
  let stop = long ? low[begin] : high[begin];
  let factor = step;
  let highBefore = high[begin + 1];
  let lowBefore = low[begin + 1];
  for (let t = begin + 1; t < end; t++) {
    const top = high[t];
    const bottom = low[t];
    if (long ? bottom <= stop : top >= stop) {
      stop = long ? Math.max(extreme, highBefore, top) : Math.min(extreme, lowBefore, bottom);
      output[t] = stop;
      long = !long;
      factor = step;
      extreme = long ? top : bottom;
    } else {
      output[t] = stop;
      if (long ? top > extreme : bottom < extreme) {
        extreme = long ? top : bottom;
        factor += step;
        if (factor > maximum) factor = maximum;
      }
    }
    stop += factor * (extreme - stop);
    if (long) {
      if (stop > lowBefore) stop = lowBefore;
      if (stop > bottom) stop = bottom;
    } else {
      if (stop < highBefore) stop = highBefore;
      if (stop < top) stop = top;
    }
    highBefore = top;
    lowBefore = bottom;
  }
}

/**
 * Parabolic stop and reverse: the trailing stop of a position that is always in the market, [row], in units of the price.
 *
 * Starts short when the second bar's movement down exceeds that up, else long, with the first bar's other extreme as stop.
 * Lookback 1; unbounded memory, so charts that start on another row differ until both have turned on the same one.
 * @throws InvariantError when acceleration or maximum is negative
 * @see Wilder, New Concepts in Technical Trading Systems (1978), section II; TA-Lib SAR
 */
export function sar(high: Float64Array, low: Float64Array, options: SarOptions = {}): Float64Array {
  requireOptions(options, ['acceleration', 'maximum'], 'sar');
  const { acceleration = 0.02, maximum = 0.2 } = options;
  requireBetween(acceleration, [0, Number.MAX_VALUE], 'sar', 'acceleration');
  requireBetween(maximum, [0, Number.MAX_VALUE], 'sar', 'maximum');
  return series({ name: 'sar', inputs: [high, low], lookback: SAR_LOOKBACK, memory: 'unbounded' }, (rows, output) => sarRows(high, low, rows, { acceleration, maximum, output }));
}
