import { InvariantError } from '../../core/errors.js';
import { checkReturns } from './checked-returns.js';

/**
 * What 1 grows to: position 0 is before the first return, position t after t of them.
 *
 * @param returns  simple returns [session], fraction
 * @returns multiples of the start, [session + 1]
 * @throws InvariantError `BAD_RETURNS` for returns that are missing, below −1, or too large to compound
 */
export function equityCurve(returns: ArrayLike<number>, where = 'equityCurve'): Float64Array {
  const values = checkReturns(returns, where);
  const equity = new Float64Array(values.length + 1).fill(1);
  for (let t = 0; t < values.length; t++) equity[t + 1] = equity[t] * (1 + values[t]);
  if (!Number.isFinite(equity[values.length])) throw new InvariantError(`expected returns that compound to a finite number, found ${equity[values.length]} in ${where}`, { code: 'BAD_RETURNS', fields: { where } });
  return equity;
}
