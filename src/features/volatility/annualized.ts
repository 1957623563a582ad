import { fromPosition } from '../../math/rolling/from-position.js';
import { SESSIONS_PER_YEAR } from '../sessions-per-year.js';

/** √(252 · daily variance), [session]. */
export function annualized(variances: Float64Array): Float64Array {
  return fromPosition(variances.length, 0, (t) => Math.sqrt(SESSIONS_PER_YEAR * variances[t]));
}
