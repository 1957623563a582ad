import { InvariantError } from '../../../core/errors.js';
import { quantile } from '../../../math/stats.js';
import { isBetter } from '../trial.js';
import type { Pruner } from './pruner.js';

export interface MedianPrunerSettings {
  /** Trials that must have finished before any is pruned, 5 unless given. */
  readonly warmUpTrials?: number;
  /** Steps of a trial that are never judged, 0 unless given. */
  readonly warmUpSteps?: number;
}

/**
 * The median rule: a trial ends where its best value so far is worse than the median of the values that finished trials had at the same step.
 *
 * In the words of Optuna's MedianPruner. Vizier, where the rule is from, compares with the median of the running means up to that step.
 * @see Golovin et al. (2017), Google Vizier, section 3.2
 */
export function medianPruner({ warmUpTrials = 5, warmUpSteps = 0 }: MedianPrunerSettings = {}): Pruner {
  if (![warmUpTrials, warmUpSteps].every((count) => Number.isInteger(count) && count >= 0)) throw new InvariantError(`expected whole numbers of warm-up trials and steps, found ${warmUpTrials} and ${warmUpSteps}`);
  return {
    name: 'median',
    reasonToPrune({ reports }, others, direction) {
      const finished = others.filter(({ state }) => state === 'finished');
      const last = reports.at(-1);
      if (last === undefined || finished.length < warmUpTrials || last.step <= warmUpSteps) return null;
      const values = finished.flatMap((trial) => trial.reports.find(({ step }) => step === last.step)?.value ?? []).sort((a, b) => a - b);
      if (values.length === 0) return null;
      const median = quantile(values, 0.5);
      const best = reports.reduce((found, { value }) => (isBetter(value, found, direction) ? value : found), reports[0].value);
      return isBetter(median, best, direction) ? `its best of ${best.toFixed(4)} is worse than the median ${median.toFixed(4)} of ${values.length} finished trials at step ${last.step}` : null;
    },
  };
}
