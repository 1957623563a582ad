import { InvariantError } from '../../core/errors.js';
import { mean, quantile } from '../../math/stats.js';
import { checkReturns } from './checked-returns.js';
import { ratio } from './ratio.js';

export interface TailOptions {
  /** Share of returns in the tail, above 0 and at most ½; 0.05 unless given. */
  readonly tail?: number;
}

/**
 * Quantile of returns that a share `tail` of them does not reach, fraction per session: negative is a loss. Interpolated linearly
 * between order statistics (Hyndman and Fan, 1996, type 7); `null` of nothing.
 *
 * @see Jorion (2006), historical simulation
 */
export function valueAtRisk(returns: ArrayLike<number>, { tail = 0.05 }: TailOptions = {}): number | null {
  const sorted = sortedReturns(returns, tail, 'valueAtRisk');
  return sorted.length === 0 ? null : quantile(sorted, tail);
}

/**
 * Mean of the ⌊(n − 1)·tail⌋ + 1 lowest returns, fraction per session: negative is a loss; `null` of nothing.
 *
 * @see Acerbi and Tasche (2002), expected shortfall with its sign turned
 */
export function conditionalValueAtRisk(returns: ArrayLike<number>, { tail = 0.05 }: TailOptions = {}): number | null {
  const sorted = sortedReturns(returns, tail, 'conditionalValueAtRisk');
  return sorted.length === 0 ? null : mean(sorted.subarray(0, Math.floor((sorted.length - 1) * tail) + 1));
}

/** Size of the upper `tail` quantile over that of the lower one; `null` where the lower is 0. */
export function tailRatio(returns: ArrayLike<number>, { tail = 0.05 }: TailOptions = {}): number | null {
  const sorted = sortedReturns(returns, tail, 'tailRatio');
  return ratio(Math.abs(quantile(sorted, 1 - tail)), Math.abs(quantile(sorted, tail)));
}

function sortedReturns(returns: ArrayLike<number>, tail: number, where: string): Float64Array {
  if (!(tail > 0 && tail <= 0.5)) throw new InvariantError(`expected a tail above 0 and at most 0.5, found ${tail} in ${where}`, { code: 'BAD_TAIL', fields: { tail, where } });
  return checkReturns(returns, where).sort();
}
