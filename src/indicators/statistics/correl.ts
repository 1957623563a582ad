import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const correlLookback = (period: number): number => period - 1;

/** One more row than values in the window, since a return needs two. */
export const betaLookback = (period: number): number => period;

interface Moments {
  readonly period: number;
  /** What to make of the window's variances and covariance, each times `period`. */
  readonly of: (xx: number, xy: number, yy: number) => number;
}

/** Moments about a value of the window itself: values far from 0 lose no digits, and a flat window gives exactly 0. */
function momentRows(x: Float64Array, y: Float64Array, { begin, end }: Rows, { period, of, output }: Moments & { readonly output: Float64Array }): void {
  for (let t = begin + period - 1; t < end; t++) {
    let [sumX, sumY, xx, xy, yy] = [0, 0, 0, 0, 0];
    for (let i = t - period + 1; i <= t; i++) {
      const dx = x[i] - x[t];
      const dy = y[i] - y[t];
      sumX += dx;
      sumY += dy;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    output[t] = of(xx - (sumX * sumX) / period, xy - (sumX * sumY) / period, yy - (sumY * sumY) / period);
  }
}

/**
 * Pearson's correlation of the last `period` values, [row], −1 … 1; 0 where one of the two does not move.
 *
 * Lookback period − 1; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib CORREL
 */
export function correl(x: Float64Array, y: Float64Array, period = 30): Float64Array {
  requirePeriod(period, 1, 'correl');
  const of: Moments['of'] = (xx, xy, yy) => (xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : xx * yy * 0);
  return series({ name: 'correl', inputs: [x, y], lookback: correlLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => momentRows(x, y, rows, { period, of, output }));
}

function returns(values: Float64Array, { begin, end }: Rows): Float64Array {
  const changes = new Float64Array(end);
  for (let t = begin + 1; t < end; t++) changes[t] = values[t - 1] === 0 ? 0 : values[t] / values[t - 1] - 1;
  return changes;
}

/**
 * Beta: slope of the simple returns of `y` on those of `x` over the last `period` returns, [row]; 0 where `x` does not move.
 *
 * TA-Lib's order: the market comes first, the stock second. Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib BETA
 */
export function beta(x: Float64Array, y: Float64Array, period = 5): Float64Array {
  requirePeriod(period, 1, 'beta');
  const of: Moments['of'] = (xx, xy) => (xx > 0 ? xy / xx : xx * xy * 0);
  return series({ name: 'beta', inputs: [x, y], lookback: betaLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => momentRows(returns(x, rows), returns(y, rows), { begin: rows.begin + 1, end: rows.end }, { period, of, output }));
}
