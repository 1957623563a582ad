import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';

/** √(252 · mean r²) of the last `window` log returns, annual fraction; NaN unless all of them are known. */
export function latestRealizedVolatility(close: Float64Array, window: number): number {
  let squares = 0;
  for (let t = close.length - window; t < close.length; t++) squares += Math.log(close[t] / close[t - 1]) ** 2;
  return Math.sqrt((SESSIONS_PER_YEAR * squares) / window);
}
