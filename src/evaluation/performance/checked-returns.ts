import { InvariantError } from '../../core/errors.js';

/**
 * Simple returns of sessions as Float64, checked.
 *
 * @throws InvariantError `BAD_RETURNS` where one is missing, not finite or below −1: nothing is left out in silence
 */
export function checkReturns(returns: ArrayLike<number>, where: string): Float64Array {
  const values = Float64Array.from(returns);
  const at = values.findIndex((value) => !(Number.isFinite(value) && value >= -1));
  if (at >= 0) throw new InvariantError(`expected finite simple returns of at least −1, found ${values[at]} at position ${at} in ${where}`, { code: 'BAD_RETURNS', fields: { position: at, found: values[at], where } });
  return values;
}

/**
 * The same of a series that goes with another, session by session.
 *
 * @throws InvariantError `BAD_RETURNS`, also where lengths differ
 */
export function checkBeside(returns: ArrayLike<number>, sessions: number, where: string): Float64Array {
  if (returns.length !== sessions) throw new InvariantError(`expected a return for each of ${sessions} sessions, found ${returns.length} in ${where}`, { code: 'BAD_RETURNS', fields: { sessions, found: returns.length, where } });
  return checkReturns(returns, where);
}
