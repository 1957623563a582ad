import { InvariantError } from '../../../core/errors.js';
import { isBetter, type Trial } from '../trial.js';
import type { Pruner } from './pruner.js';

export interface AshaSettings {
  /** Step of the lowest rung, 1 unless given: r of the paper. */
  readonly minSteps?: number;
  /** One in so many goes on from each rung, which lies as many times higher than the last, 3 unless given: η of the paper. */
  readonly reduction?: number;
}

/**
 * Asynchronous successive halving: rungs at the steps r, rη, rη², …; a trial that reaches a rung goes on where it is among the best 1/η, at
 * least one, of all that have reached it so far.
 *
 * Deviates from the paper where trials that do not go on are concerned: there they wait, and go on once enough worse ones have come to their
 * rung; here, as in Optuna's SuccessiveHalvingPruner, they end, as a network that waits would hold its memory.
 * @see Li et al. (2020), A system for massively parallel hyperparameter tuning, algorithm 2
 */
export function ashaPruner({ minSteps = 1, reduction = 3 }: AshaSettings = {}): Pruner {
  if (!(Number.isInteger(minSteps) && minSteps >= 1 && Number.isInteger(reduction) && reduction >= 2)) throw new InvariantError(`expected a whole number of steps of at least 1 and a reduction of at least 2, found ${minSteps} and ${reduction}`);
  return {
    name: 'asha',
    reasonToPrune(trial, others, direction) {
      const rung = rungReached(trial, minSteps, reduction);
      if (rung === null) return null;
      const own = trial.reports.at(-1)!.value;
      const rivals = others.flatMap((other) => valueAt(other, rung) ?? []);
      const places = Math.max(1, Math.floor((rivals.length + 1) / reduction));
      const place = 1 + rivals.filter((value) => isBetter(value, own, direction)).length;
      return place <= places ? null : `at ${own.toFixed(4)} it is number ${place} of the ${rivals.length + 1} trials that reached step ${rung}, of which ${places} may go on`;
    },
  };
}

/** The highest rung that a trial has reached with its last report; `null` where that reached none. */
function rungReached({ reports }: Trial, minSteps: number, reduction: number): number | null {
  const last = reports.at(-1);
  if (last === undefined) return null;
  const before = reports.at(-2)?.step ?? 0;
  let reached: number | null = null;
  for (let rung = minSteps; rung <= last.step; rung *= reduction) if (rung > before) reached = rung;
  return reached;
}

/** What a trial had when it reached a rung; `null` where it ended before. */
function valueAt({ reports }: Trial, rung: number): number | null {
  return reports.find(({ step }) => step >= rung)?.value ?? null;
}
