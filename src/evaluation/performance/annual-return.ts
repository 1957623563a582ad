import { yearLength, type AnnualOptions } from './annual-options.js';
import { equityCurve } from './equity-curve.js';
import { finiteOrNull } from './ratio.js';

/** Compound return of the whole series, fraction; `null` of nothing. */
export function totalReturn(returns: ArrayLike<number>): number | null {
  return returns.length === 0 ? null : equityCurve(returns, 'totalReturn')[returns.length] - 1;
}

/**
 * Geometric mean return, fraction per year; of a series much shorter than a year it says little. `null` of nothing, or where it is
 * too large for a number.
 *
 * @see Bacon (2008), chapter 2
 */
export function annualReturn(returns: ArrayLike<number>, options: AnnualOptions = {}): number | null {
  const years = returns.length / yearLength(options);
  return years === 0 ? null : finiteOrNull(equityCurve(returns, 'annualReturn')[returns.length] ** (1 / years) - 1);
}
