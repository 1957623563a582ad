import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { fromPosition } from '../../math/rolling/from-position.js';

/** √(252 · daily variance), [session]. */
export function annualized(variances: Float64Array): Float64Array {
  return fromPosition(variances.length, 0, (t) => Math.sqrt(SESSIONS_PER_YEAR * variances[t]));
}
