import { InvariantError } from '../../core/errors.js';
import { mean } from '../../math/stats.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { finiteOrNull } from './ratio.js';
import { countSessions, type WeightMatrix } from './weight-matrix.js';

export interface TurnoverInput extends WeightMatrix, AnnualOptions {
  /** Simple return of each name from the weights of the session before to those of this one, [symbol, session]; the first session's are not read. 0 unless given. */
  readonly returns?: ArrayLike<number>;
}

/** How much of its equity a book traded. */
export interface Turnover {
  /** Half the sum of absolute changes of weights, [session], fraction of equity, one way; the first session buys the book out of cash. */
  readonly bySession: Float64Array;
  /** Mean over sessions after the first, fraction of equity per session; `null` of fewer than two sessions. */
  readonly mean: number | null;
  /** The same times the sessions of a year, fraction of equity per year. */
  readonly annual: number | null;
}

/**
 * One-way turnover of a book against the weights that the market left it with.
 *
 * Weights drift to w (1 + r) / (1 + Σ w r) before they are traded; cash earns nothing and is no name of its own, so a book bought out
 * of cash turns over half its gross exposure.
 *
 * @throws InvariantError `BAD_WEIGHTS` for gaps, shapes that differ, or a book that is lost
 * @see Grinold and Kahn (2000), chapter 16
 */
export function turnover(input: TurnoverInput): Turnover {
  const sessions = countSessions(input, 'turnover');
  const { weights, symbols } = input;
  const drifted = input.returns === undefined ? weights : driftedWeights(input, input.returns, sessions);
  const bySession = new Float64Array(sessions);
  for (let row = 0; row < symbols; row++) {
    for (let t = 0; t < sessions; t++) bySession[t] += Math.abs(weights[row * sessions + t] - (t === 0 ? 0 : drifted[row * sessions + t - 1])) / 2;
  }
  const perSession = finiteOrNull(mean(bySession.subarray(1)));
  return { bySession, mean: perSession, annual: perSession === null ? null : perSession * yearLength(input) };
}

/** Weights of each session as the next one finds them, [symbol, session]; the last session's are not set. */
function driftedWeights({ weights, symbols }: WeightMatrix, returns: ArrayLike<number>, sessions: number): Float64Array {
  if (returns.length !== weights.length) throw new InvariantError(`expected a return for each of ${weights.length} weights, found ${returns.length} in turnover`, { code: 'BAD_WEIGHTS', fields: { expected: weights.length, found: returns.length } });
  const drifted = new Float64Array(weights.length);
  for (let t = 0; t + 1 < sessions; t++) {
    let growth = 1;
    for (let row = 0; row < symbols; row++) growth += weights[row * sessions + t] * returnOf(returns, row * sessions + t + 1, weights[row * sessions + t]);
    if (!(growth > 0)) throw new InvariantError(`expected equity above 0 after the returns of session ${t + 1}, found ${growth} times that before in turnover`, { code: 'BAD_WEIGHTS', fields: { session: t + 1, growth } });
    for (let row = 0; row < symbols; row++) drifted[row * sessions + t] = (weights[row * sessions + t] * (1 + returnOf(returns, row * sessions + t + 1, weights[row * sessions + t]))) / growth;
  }
  return drifted;
}

/** Return of what was held; a name that was not needs none. */
function returnOf(returns: ArrayLike<number>, at: number, weight: number): number {
  if (weight === 0) return 0;
  if (Number.isFinite(returns[at])) return returns[at];
  throw new InvariantError(`expected a finite return of what is held, found ${returns[at]} at position ${at} in turnover`, { code: 'BAD_WEIGHTS', fields: { position: at, found: returns[at] } });
}
