import { excessReturns, type ExcessOptions } from '../performance/excess-returns.js';
import { sharpeOf } from '../overfitting/sharpe-sample.js';
import { badTrials, requireReturns } from '../overfitting/trial-returns.js';
import type { Luck, Trial } from './luck.js';

/** A trial that was run on the sessions of what is judged. */
export interface AlignedTrial {
  readonly name: string;
  /** Simple returns and those less the rate without risk, [session], fractions. */
  readonly returns: Float64Array;
  readonly excess: Float64Array;
}

/** Everything that was tried, each configuration once. */
export interface CountedTrials {
  readonly counts: Luck['trials'];
  /** In the order given. */
  readonly aligned: readonly AlignedTrial[];
  /** Per session, in the order given; of aligned ones from their returns less the rate without risk. [trial] */
  readonly sharpes: readonly (number | null)[];
  /** What is judged: its position, and its returns less the rate without risk [session]. */
  readonly own: number;
  readonly ownExcess: Float64Array;
}

/**
 * Counts trials: one that is given twice is one, and returns of what is judged are those given for it.
 *
 * @throws InvariantError `BAD_TRIALS` where what is judged is not among them, or lengths differ
 */
export function countedTrials(trials: readonly Trial[], own: { readonly id: string; readonly returns: ArrayLike<number> }, options: ExcessOptions): CountedTrials {
  const distinct = [...new Map(trials.map((trial) => [trial.id, trial])).values()];
  const position = distinct.findIndex(({ id }) => id === own.id);
  if (position < 0) throw badTrials(`expected what is judged, "${own.id}", among the trials, found ${distinct.length} others`, 'judgeLuck', { own: own.id });
  const sessions = own.returns.length;
  const each = distinct.map((trial, at): { readonly sharpe: number | null; readonly aligned: AlignedTrial | null } => {
    const returns = at === position ? own.returns : trial.returns;
    if (returns === null) return { sharpe: trial.sharpe, aligned: null };
    requireReturns(returns, { sessions, name: `trial "${trial.name}"`, where: 'judgeLuck' });
    const excess = excessReturns(returns, options, `trial "${trial.name}" of judgeLuck`);
    return { sharpe: sharpeOf(excess), aligned: { name: trial.name, returns: Float64Array.from(returns), excess } };
  });
  const aligned = each.flatMap((one) => (one.aligned === null ? [] : [one.aligned]));
  const elsewhere = each.filter((one) => one.aligned === null && one.sharpe !== null).length;
  return {
    counts: { count: each.length, aligned: aligned.length, elsewhere, withoutReturns: each.length - aligned.length - elsewhere },
    aligned, sharpes: each.map(({ sharpe }) => sharpe), own: position, ownExcess: excessReturns(own.returns, options, 'judgeLuck'),
  };
}
