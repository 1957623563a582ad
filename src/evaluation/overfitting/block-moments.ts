import { mean } from '../../math/stats.js';
import type { TrialReturns } from './trial-returns.js';

/** Sums of returns and of their squares, each less the trial's mean, from which Sharpe ratios of any union of blocks follow. */
export interface Moments {
  /** [trial] */
  readonly sums: Float64Array;
  /** [trial] */
  readonly squares: Float64Array;
}

/** Moments of each of `blocks` stretches of equal length that begin at `first`, [block]. */
export function blockMoments(returns: TrialReturns, { blocks, length, first }: { readonly blocks: number; readonly length: number; readonly first: number }): { readonly centres: Float64Array; readonly moments: readonly Moments[] } {
  const centres = Float64Array.from(returns, (series) => mean(series));
  const moments = Array.from({ length: blocks }, (_, block) => {
    const of = emptyMoments(returns.length);
    const from = first + block * length;
    for (let trial = 0; trial < returns.length; trial++) {
      for (let t = from; t < from + length; t++) {
        const off = returns[trial][t] - centres[trial];
        of.sums[trial] += off;
        of.squares[trial] += off * off;
      }
    }
    return of;
  });
  return { centres, moments };
}

export function emptyMoments(trials: number): Moments {
  return { sums: new Float64Array(trials), squares: new Float64Array(trials) };
}

/** Writes `left` + `sign` × `right` into `into`. */
export function combineMoments(into: Moments, left: Moments, right: Moments, sign: 1 | -1): void {
  for (let trial = 0; trial < into.sums.length; trial++) {
    into.sums[trial] = left.sums[trial] + sign * right.sums[trial];
    into.squares[trial] = left.squares[trial] + sign * right.squares[trial];
  }
}

/** Sharpe ratios per session (divisor n − 1) over `count` sessions, written into `into` [trial]; 0 for a trial that did not vary. */
export function sharpesOf({ sums, squares }: Moments, { centres, count, into }: { readonly centres: Float64Array; readonly count: number; readonly into: Float64Array }): void {
  for (let trial = 0; trial < into.length; trial++) {
    const centre = centres[trial] + sums[trial] / count;
    const rest = squares[trial] - (sums[trial] * sums[trial]) / count;
    const deviation = Math.sqrt(rest / (count - 1));
    // what is left of equal returns, once their mean is off, is rounding
    const varies = rest > 1e-12 * squares[trial] && deviation > 8 * Number.EPSILON * Math.abs(centres[trial]);
    into[trial] = varies ? centre / deviation : 0;
  }
}
