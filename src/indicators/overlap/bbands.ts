import { FINITE, requireBetween, requireOptions, requirePeriod } from '../checks.js';
import { seriesByName, type Rows } from '../rows.js';
import { varianceRows } from '../statistics/stddev.js';
import { averageLookback, averageMemory, averageRows, requireAverage, type MaType } from './ma.js';

export interface BbandsOptions {
  /** Standard deviations above the middle. */
  readonly deviationsUp?: number;
  /** Standard deviations below the middle. */
  readonly deviationsDown?: number;
  readonly maType?: MaType;
}

export interface Bands {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

export const bbandsLookback = (period: number, type: MaType = 'sma'): number => averageLookback({ type, period });

/**
 * Bollinger bands: a moving average and a number of population standard deviations (divided by n) above and below, each [row].
 *
 * The deviation is always about the simple mean, whatever the middle is. Lookback that of the average (period − 1 for a
 * simple one); memory that of the average.
 * @throws InvariantError when the period is not a whole number ≥ 2, a number of deviations not finite or the type unknown
 * @see Bollinger, Bollinger on Bollinger Bands (2001); TA-Lib BBANDS
 */
export function bbands(values: Float64Array, period = 20, options: BbandsOptions = {}): Bands {
  requirePeriod(period, 2, 'bbands');
  requireOptions(options, ['deviationsUp', 'deviationsDown', 'maType'], 'bbands');
  const { deviationsUp = 2, deviationsDown = 2, maType = 'sma' } = options;
  requireBetween(deviationsUp, FINITE, 'bbands', 'deviationsUp');
  requireBetween(deviationsDown, FINITE, 'bbands', 'deviationsDown');
  requireAverage(maType, 'bbands');
  const average = { type: maType, period };
  const walk = { name: 'bbands', inputs: [values], lookback: bbandsLookback(period, maType), memory: averageMemory(average), gaps: 'lasting' } as const;
  return seriesByName(walk, ['upper', 'middle', 'lower'], (rows, outputs) => {
    averageRows(values, rows, average, outputs.middle);
    varianceRows(values, rows, period, outputs.upper);
    spread(outputs, { begin: rows.begin + walk.lookback, end: rows.end }, deviationsUp, deviationsDown);
  });
}

/** Turns variances, handed over in `upper`, into bands around `middle`. */
function spread({ upper, middle, lower }: Bands, { begin, end }: Rows, up: number, down: number): void {
  for (let t = begin; t < end; t++) {
    const deviation = Math.sqrt(upper[t]);
    const centre = middle[t];
    upper[t] = centre + deviation * up;
    lower[t] = centre - deviation * down;
  }
}
