import { InvariantError } from '../../core/errors.js';
import { normalQuantile } from '../../math/normal.js';
import { probabilisticSharpeRatio } from './probabilistic-sharpe.js';
import type { SharpeSample } from './sharpe-sample.js';

/** Euler's and Mascheroni's constant. */
const GAMMA = 0.5772156649015329;

export interface DeflatedSharpe {
  /** Probability that the true Sharpe ratio exceeds what the luckiest of the trials would show without any skill; `null` where it is not defined. */
  readonly probability: number | null;
  /** That Sharpe ratio, per session. */
  readonly threshold: number;
}

/**
 * Expected largest Sharpe ratio among independent trials without skill whose estimates have this variance, in the unit of the
 * variance: σ ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))); 0 for a single trial.
 *
 * An approximation for large N: for five trials it is 2.5 % above the mean of the largest of as many normal numbers.
 *
 * @throws InvariantError `BAD_TRIALS` when `trials` is below 1 or the variance is negative
 * @see Bailey and López de Prado (2014), eq. 1; Bailey et al. (2014), proposition 1
 */
export function expectedMaximumSharpe(trials: number, variance = 1): number {
  if (!(trials >= 1 && trials < Infinity)) throw new InvariantError(`expected at least 1 trial, found ${trials} in expectedMaximumSharpe`, { code: 'BAD_TRIALS', fields: { trials } });
  if (!(variance >= 0)) throw new InvariantError(`expected a variance of Sharpe ratios of at least 0, found ${variance} in expectedMaximumSharpe`, { code: 'BAD_TRIALS', fields: { variance } });
  if (trials === 1) return 0;
  // effective numbers of trials need not be whole; just above 1 the formula would fall below the mean of one trial
  const largest = -(1 - GAMMA) * normalQuantile(1 / trials) - GAMMA * normalQuantile(1 / (trials * Math.E));
  return Math.sqrt(variance) * Math.max(0, largest);
}

/**
 * Deflated Sharpe ratio: the probabilistic Sharpe ratio against the expected maximum of all `trials`, those thrown away included.
 *
 * `variance` is the variance across trials of their Sharpe ratios per session.
 *
 * @throws InvariantError `BAD_TRIALS` when `trials` is below 1 or the variance is negative
 * @see Bailey and López de Prado (2014), eq. 2
 */
export function deflatedSharpeRatio(sample: SharpeSample, { trials, variance }: { readonly trials: number; readonly variance: number }): DeflatedSharpe {
  const threshold = expectedMaximumSharpe(trials, variance);
  return { probability: probabilisticSharpeRatio(sample, threshold), threshold };
}

/**
 * Years below which the luckiest of `trials` without skill is expected to show an annualized Sharpe ratio of `sharpe` or more:
 * (E[max of N] / sharpe)², not above 2 ln N / sharpe².
 *
 * `null` when `sharpe` is not positive: no length would do.
 *
 * @throws InvariantError `BAD_TRIALS` when `trials` is below 1
 * @see Bailey, Borwein, López de Prado and Zhu (2014), minimum backtest length
 */
export function minimumBacktestLength(trials: number, sharpe: number): number | null {
  const largest = expectedMaximumSharpe(trials);
  return sharpe > 0 ? (largest / sharpe) ** 2 : null;
}
