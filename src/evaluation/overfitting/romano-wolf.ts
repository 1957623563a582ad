import { compareTrials, type ComparisonOptions } from './bootstrap-comparison.js';
import type { TrialReturns } from './trial-returns.js';

export interface StepwiseTrial {
  /** √n d̄ / ω, one-sided: large when the trial beats the benchmark; `null` where the difference does not vary. */
  readonly statistic: number | null;
  /** Level at which the trial is first found better, all trials considered; `null` likewise. */
  readonly pValue: number | null;
}

/**
 * Which trials beat the benchmark, [trial]: stepwise multiple testing that holds the chance of any false find (StepM), as adjusted p-values.
 * A trial is found at level α when its p-value is at most α.
 *
 * The largest statistic is held against the largest of all trials drawn, the next against those left, and so on; p = (1 + exceedances) /
 * (1 + replicates). Deviation: ω is estimated once, not anew in every series drawn.
 *
 * @throws InvariantError `BAD_TRIALS` when returns are missing or lengths differ, `BAD_BLOCK` when the block does not fit
 * @see Romano and Wolf (2005), StepM; Romano and Wolf (2016), adjusted p-values
 */
export function romanoWolf(returns: TrialReturns, options: ComparisonOptions): StepwiseTrial[] {
  const { sessions, replicates, each } = compareTrials(returns, options, 'romanoWolf');
  const found = Array.from(each(), ({ mean, variance, drawn }) => {
    const scale = variance > 0 ? Math.sqrt(sessions / variance) : Number.NaN;
    return { statistic: mean * scale, null: drawn.map((value) => (value - mean) * scale) };
  });
  const ascending = found.map((_, trial) => trial).filter((trial) => !Number.isNaN(found[trial].statistic)).sort((a, b) => found[a].statistic - found[b].statistic);
  const pValues = new Map<number, number>();
  const maxima = new Float64Array(replicates).fill(-Infinity);
  // from the smallest up: each is compared with the maxima over itself and those below
  for (const trial of ascending) {
    const { statistic, null: drawn } = found[trial];
    for (let b = 0; b < replicates; b++) maxima[b] = Math.max(maxima[b], drawn[b]);
    pValues.set(trial, (1 + maxima.filter((value) => value >= statistic).length) / (1 + replicates));
  }
  // a trial is no surer than any above it
  let least = 0;
  for (const trial of ascending.reverse()) pValues.set(trial, (least = Math.max(least, pValues.get(trial) ?? 1)));
  return found.map(({ statistic }, trial) => ({ statistic: Number.isNaN(statistic) ? null : statistic, pValue: pValues.get(trial) ?? null }));
}
