import { InvariantError } from '../../core/errors.js';
import { equityCurve } from './equity-curve.js';

/** A fall from a high and the way back; positions are in the equity curve: 0 is before the first return, p after the return of session p − 1. */
export interface Drawdown {
  /** Equity at the trough over the high before it, less 1; fraction, below 0. */
  readonly depth: number;
  /** Where the high was first reached. */
  readonly peak: number;
  /** Where equity was first lowest. */
  readonly trough: number;
  /** Where the high was first reached again; `null` while it was not. */
  readonly recovery: number | null;
  /** Sessions from peak to trough. */
  readonly fall: number;
  /** Sessions from trough to recovery; `null` while not recovered. */
  readonly rise: number | null;
  /** Sessions below the high: from peak to recovery, or to the end of the series. */
  readonly length: number;
}

/** Equity over its running high, less 1, at each position of the equity curve [session + 1]: fraction, 0 or below. */
export function drawdownCurve(returns: ArrayLike<number>): Float64Array {
  let high = 0;
  return equityCurve(returns, 'drawdownCurve').map((value) => value / (high = Math.max(high, value)) - 1);
}

/**
 * All falls below a high, in the order of time; they do not overlap, and a high that is only reached again ends one.
 *
 * @param returns  simple returns [session], fraction
 * @see Magdon-Ismail and Atiya (2004) for the deepest
 */
export function drawdowns(returns: ArrayLike<number>): Drawdown[] {
  const equity = equityCurve(returns, 'drawdowns');
  const found: Drawdown[] = [];
  let [peak, trough] = [0, 0];
  for (let t = 1; t < equity.length; t++) {
    if (equity[t] < equity[trough]) trough = t;
    const recovered = equity[t] >= equity[peak];
    if (trough > peak && (recovered || t === equity.length - 1)) found.push(describe(equity, peak, trough, recovered ? t : null));
    // a high that only lasts keeps its first position
    if (recovered && (trough > peak || equity[t] > equity[peak])) peak = t;
    if (recovered) trough = peak;
  }
  return found;
}

/** The `count` deepest falls, the deepest first, of equal ones the earlier first. */
export function worstDrawdowns(returns: ArrayLike<number>, count = 5): Drawdown[] {
  if (!(Number.isInteger(count) && count >= 0)) throw new InvariantError(`expected a whole number of drawdowns, found ${count} in worstDrawdowns`, { code: 'BAD_COUNT', fields: { count } });
  return drawdowns(returns).sort((a, b) => a.depth - b.depth || a.peak - b.peak).slice(0, count);
}

/** The deepest fall from a high; `null` where there was none. */
export function maxDrawdown(returns: ArrayLike<number>): Drawdown | null {
  return worstDrawdowns(returns, 1)[0] ?? null;
}

function describe(equity: Float64Array, peak: number, trough: number, recovery: number | null): Drawdown {
  const depth = equity[trough] / equity[peak] - 1;
  return { depth, peak, trough, recovery, fall: trough - peak, rise: recovery === null ? null : recovery - trough, length: (recovery ?? equity.length - 1) - peak };
}
