import { checkBeside, checkReturns } from './checked-returns.js';
import { finiteOrNull } from './ratio.js';

/** Geometric mean of returns, fraction per session. */
function geometricMean(values: Float64Array): number {
  let logs = 0;
  for (const value of values) logs += Math.log1p(value);
  return Math.expm1(logs / values.length);
}

function capture(returns: ArrayLike<number>, benchmark: ArrayLike<number>, where: string, counts: (benchmark: number) => boolean): number | null {
  const own = checkReturns(returns, where);
  const other = checkBeside(benchmark, own.length, `benchmark of ${where}`);
  const chosen = other.filter(counts);
  return chosen.length === 0 ? null : finiteOrNull(geometricMean(own.filter((_, t) => counts(other[t]))) / geometricMean(chosen));
}

/**
 * Geometric mean return over that of the benchmark on sessions when the benchmark rose; 1 rises as much as it does. `null` where it
 * never rose.
 *
 * @see Bacon (2008), up capture, here of sessions, not of months
 */
export function upCapture(returns: ArrayLike<number>, benchmark: ArrayLike<number>): number | null {
  return capture(returns, benchmark, 'upCapture', (value) => value > 0);
}

/** The same on sessions when the benchmark fell; below 1 falls less than it does. `null` where it never fell. */
export function downCapture(returns: ArrayLike<number>, benchmark: ArrayLike<number>): number | null {
  return capture(returns, benchmark, 'downCapture', (value) => value < 0);
}
