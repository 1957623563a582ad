import { mean, quantile, standardDeviation } from '../../math/stats.js';
import { sharpeOf } from './sharpe-sample.js';
import { badTrials } from './trial-returns.js';

/** What a fold of combinatorial purged cross-validation earned where it was judged. */
export interface FoldReturns {
  /** Positions of its test sessions. */
  readonly test: ArrayLike<number>;
  /** Return at each of them, fractions. */
  readonly returns: ArrayLike<number>;
}

export interface PathDistribution {
  /** Returns of each way through all sessions, [path][session]. */
  readonly paths: readonly Float64Array[];
  /** Sharpe ratio per session of each path; `null` where its returns do not vary. */
  readonly sharpes: readonly (number | null)[];
  /** Over the paths that have one; `null` when none has. The spread is no standard error: paths share sessions and models. */
  readonly sharpe: { readonly mean: number; readonly standardDeviation: number | null; readonly min: number; readonly median: number; readonly max: number } | null;
  /** Share of paths, among those that have one, whose Sharpe ratio is not positive; `null` when none has. */
  readonly shareLosing: number | null;
}

/**
 * Paths through the history put together of test returns: the p-th fold that judges a session gives its return on path p, so that every
 * judgement is used once, as `combinatorialPurged(…).assemblePaths()` does by blocks.
 *
 * @param folds in the order of their making
 * @throws InvariantError `BAD_TRIALS` when lengths differ, a position is no session, or not every session is judged equally often
 * @see López de Prado (2018), ch. 12, section 12.4
 */
export function pathDistribution(folds: readonly FoldReturns[], sessions: number): PathDistribution {
  const paths = assemblePaths(folds, sessions);
  const sharpes = paths.map(sharpeOf);
  const sorted = Float64Array.from(sharpes.filter((value) => value !== null)).sort();
  const count = sorted.length;
  return {
    paths, sharpes,
    sharpe: count === 0 ? null : { mean: mean(sorted), standardDeviation: count < 2 ? null : standardDeviation(sorted), min: sorted[0], median: quantile(sorted, 0.5), max: sorted[count - 1] },
    shareLosing: count === 0 ? null : sorted.filter((value) => value <= 0).length / count,
  };
}

function assemblePaths(folds: readonly FoldReturns[], sessions: number): Float64Array[] {
  const where = 'pathDistribution';
  if (!(Number.isInteger(sessions) && sessions >= 1)) throw badTrials(`expected a whole number of sessions, at least 1, found ${sessions}`, where, { sessions });
  const judged = new Int32Array(sessions);
  const paths: Float64Array[] = [];
  folds.forEach(({ test, returns }, fold) => {
    if (test.length !== returns.length) throw badTrials(`expected a return at each of ${test.length} test sessions of fold ${fold}, found ${returns.length}`, where, { fold });
    for (let i = 0; i < test.length; i++) {
      if (!(Number.isInteger(test[i]) && test[i] >= 0 && test[i] < sessions)) throw badTrials(`expected positions of sessions from 0 to ${sessions - 1}, found ${test[i]} in fold ${fold}`, where, { fold });
      if (!Number.isFinite(returns[i])) throw badTrials(`expected finite returns, found ${returns[i]} at session ${test[i]} of fold ${fold}`, where, { fold });
      const path = judged[test[i]]++;
      if (path === paths.length) paths.push(new Float64Array(sessions));
      paths[path][test[i]] = returns[i];
    }
  });
  const uneven = judged.findIndex((times) => times !== paths.length);
  if (uneven >= 0 || paths.length === 0) throw badTrials(`expected every session judged equally often, ${paths.length} times, at least once, found ${judged[Math.max(0, uneven)]} times at session ${Math.max(0, uneven)}`, where, { paths: paths.length });
  return paths;
}
