import { correlation } from '../../math/correlation.js';
import { checkReturns } from './checked-returns.js';
import { varies } from './deviation.js';

/**
 * R² of cumulative log returns on time, from 0 to 1: how straight the path of compound growth was, upwards or downwards.
 * `null` of fewer than three sessions, of no movement at all, and after a total loss.
 */
export function stability(returns: ArrayLike<number>): number | null {
  const values = checkReturns(returns, 'stability');
  if (values.length < 3 || values.includes(-1)) return null;
  let sum = 0;
  const path = values.map((value) => (sum += Math.log1p(value)));
  const found = varies(path) ? correlation(path, path.map((_, t) => t)) : null;
  return found === null ? null : found ** 2;
}
