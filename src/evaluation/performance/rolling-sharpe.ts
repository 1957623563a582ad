import { InvariantError } from '../../core/errors.js';
import { rollingMeanAndStd } from '../../math/rolling/moments.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { excessReturns, type ExcessOptions } from './excess-returns.js';

export interface RollingSharpeOptions extends AnnualOptions, ExcessOptions {
  /** Returns a ratio looks back on, 126 unless given: half a year of daily ones. */
  readonly window?: number;
}

/**
 * Sharpe ratio of the last `window` returns at each session, annualized: known at its close.
 *
 * @param returns  simple returns [session], fraction
 * @returns [session]; NaN while the window is not full, and where its returns do not vary
 * @throws InvariantError `BAD_WINDOW` for a window of no whole number of sessions, or fewer than two; `BAD_RETURNS`
 * @see Sharpe (1994), equation 6
 */
export function rollingSharpe(returns: ArrayLike<number>, options: RollingSharpeOptions = {}): Float64Array {
  const { window = 126 } = options;
  if (!(Number.isInteger(window) && window >= 2)) throw new InvariantError(`expected a window of at least 2 sessions, a whole number, found ${window} in rollingSharpe`, { code: 'BAD_WINDOW', fields: { window } });
  const excess = excessReturns(returns, options, 'rollingSharpe');
  const { mean, std } = rollingMeanAndStd(excess, window, { minPresent: window });
  const root = Math.sqrt(yearLength(options));
  // what is left of the deviation of equal returns is rounding
  return mean.map((value, t) => (std[t] > 8 * Number.EPSILON * Math.abs(value) ? (value / std[t]) * root : Number.NaN));
}
