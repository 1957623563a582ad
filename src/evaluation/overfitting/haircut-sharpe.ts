import { normalCumulative, normalQuantile } from '../../math/normal.js';
import { benjaminiYekutieli, bonferroni, holm } from './multiple-testing.js';
import { badTrials } from './trial-returns.js';

/** A trial's Sharpe ratio once the number of trials is allowed for. */
export interface Haircut {
  /** Two-sided p-value, adjusted. */
  readonly pValue: number;
  /** Sharpe ratio that would have this p-value in a single test, in the unit given. */
  readonly sharpe: number;
  /** 1 − adjusted / observed, in [0, 1]; `null` for a Sharpe ratio of 0. */
  readonly haircut: number | null;
}

export interface HaircutSharpe {
  /** Two-sided p-value of the trial alone. */
  readonly pValue: number;
  readonly bonferroni: Haircut;
  readonly holm: Haircut;
  /** By false discovery rate, whatever the dependence (Benjamini and Yekutieli, 2001). */
  readonly benjaminiYekutieli: Haircut;
}

/**
 * Haircut Sharpe ratios, [trial], from those of everything that was tried, per session over `sessions` sessions: t = SR √n becomes a
 * p-value, the p-value is adjusted, and the adjusted one becomes a Sharpe ratio again; its sign stays.
 *
 * Deviations: Φ in place of Student's distribution, and the trials given in place of simulated ones.
 *
 * @throws InvariantError `BAD_TRIALS` when there are fewer than two sessions or a Sharpe ratio is no finite number
 * @see Harvey and Liu (2015), "Backtesting", Journal of Portfolio Management 42(1)
 */
export function haircutSharpe(sharpes: ArrayLike<number>, sessions: number): HaircutSharpe[] {
  const where = 'haircutSharpe';
  if (!(sessions >= 2)) throw badTrials(`expected at least 2 sessions, found ${sessions}`, where, { sessions });
  const observed = Float64Array.from(sharpes);
  observed.forEach((sharpe, trial) => {
    if (!Number.isFinite(sharpe)) throw badTrials(`expected finite Sharpe ratios, found ${sharpe} of trial ${trial}`, where, { trial });
  });
  const single = observed.map((sharpe) => Math.min(1, 2 * normalCumulative(-Math.abs(sharpe) * Math.sqrt(sessions))));
  const adjusted = { bonferroni: bonferroni(single), holm: holm(single), benjaminiYekutieli: benjaminiYekutieli(single) };
  const cut = (pValue: number, sharpe: number): Haircut => {
    // where both p-values are 0 to the last digit there is nothing to tell them apart by
    const size = Math.max(0, Math.min(Math.abs(sharpe), -normalQuantile(pValue / 2) / Math.sqrt(sessions)));
    return { pValue, sharpe: Math.sign(sharpe) * size, haircut: sharpe === 0 ? null : 1 - size / Math.abs(sharpe) };
  };
  return Array.from(observed, (sharpe, trial) => ({
    pValue: single[trial],
    bonferroni: cut(adjusted.bonferroni[trial], sharpe),
    holm: cut(adjusted.holm[trial], sharpe),
    benjaminiYekutieli: cut(adjusted.benjaminiYekutieli[trial], sharpe),
  }));
}
