import { InvariantError } from '../core/errors.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import { normalQuantile } from '../math/normal.js';
import type { SimulationSettings } from './settings.js';

/** A driver of one session cannot move more than all of it. */
export const MOST_SLOPE = 0.999;

/** What is planted: a driver of unit variance, known at a decision, and how it is seen. */
export interface PlantedStrength {
  /** Expected rank IC with the residual return over `horizon` sessions from the next open. */
  readonly ic: number;
  readonly horizon: number;
  /** Correlation of the driver with itself `lag` sessions later. */
  readonly autocorrelation: (lag: number) => number;
}

/** Stocks as a mixture: share, volatility, and variance of the whole horizon in squared volatilities of a session. */
interface Scale {
  readonly share: number;
  readonly volatility: number;
  readonly variance: number;
}

/**
 * The part of a scaled residual return of one session that a driver must move, so that its rank IC over the horizon is as stated.
 *
 * With residuals sigma_i · (slope · x(t) + rest) of unit scaled variance, the return over h sessions has with the driver x the
 * covariance sigma_i · slope · sum of its autocorrelations at lags 0 … h − 1, and a variance v_i that jumps add to. Spearman's
 * correlation over stocks that are normal given their scales is the mean over pairs (i, j) of
 * (6/π) · asin(covariance_i / √(2 · (v_i + v_j))) (Kruskal, 1958, for one scale); that equation is solved for the slope.
 * @param most largest slope that there can be
 * @returns the slope; its square is the share of the residual variance of a session that is explained
 * @throws InvariantError `BAD_SIMULATION` when no slope up to the largest is enough
 */
export function plantedSlope(strength: PlantedStrength, settings: SimulationSettings, most = MOST_SLOPE): number {
  const target = Math.abs(strength.ic);
  if (target === 0) return 0;
  let [low, high] = [0, most];
  if (expectedRankIc(high, strength, settings) < target) throw new InvariantError(`expected a rank IC that can be planted, found ${strength.ic} over ${strength.horizon} sessions in a simulation`, { code: 'BAD_SIMULATION', fields: { ...strength } });
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (expectedRankIc(middle, strength, settings) < target) low = middle;
    else high = middle;
  }
  return Math.sign(strength.ic) * low;
}

/** The rank IC over the horizon of a driver that moves a scaled residual return by `slope` a session. */
export function expectedRankIc(slope: number, { horizon, autocorrelation }: Omit<PlantedStrength, 'ic'>, settings: SimulationSettings): number {
  let [reach, shared] = [0, 0];
  for (let lag = 0; lag < horizon; lag++) {
    reach += autocorrelation(lag);
    shared += (lag === 0 ? horizon : 2 * (horizon - lag)) * autocorrelation(lag);
  }
  const diffusive = horizon + slope * slope * (shared - horizon);
  const scales = scalesOf(settings, horizon, diffusive);
  let sum = 0;
  for (const one of scales) {
    const covariance = one.volatility * slope * reach;
    for (const other of scales) sum += one.share * other.share * Math.asin(Math.min(1, covariance / Math.sqrt(2 * (one.variance + other.variance))));
  }
  return (6 / Math.PI) * sum;
}

const VOLATILITY_POINTS = 15;
const TAIL_POINTS = 6;

/** Volatilities are lognormal over stocks and time; a jump is normal given the chi-squared that makes it a Student t. */
function scalesOf({ residual, stochasticVolatility, jumps }: SimulationSettings, horizon: number, diffusive: number): Scale[] {
  const deviation = Math.hypot(residual.dispersion, stochasticVolatility.deviation);
  const rate = (jumps.perYear / SESSIONS_PER_YEAR) * horizon;
  const none = Math.exp(-rate);
  return Array.from({ length: VOLATILITY_POINTS }, (_, v) => Math.exp(deviation * normalQuantile((v + 0.5) / VOLATILITY_POINTS))).flatMap((volatility) => [
    { share: none / VOLATILITY_POINTS, volatility, variance: volatility ** 2 * diffusive },
    ...Array.from({ length: TAIL_POINTS }, (_, q) => {
      const jumpVariance = jumps.scale ** 2 / chiSquaredShare((q + 0.5) / TAIL_POINTS, jumps.degreesOfFreedom);
      return { share: (1 - none) / VOLATILITY_POINTS / TAIL_POINTS, volatility, variance: volatility ** 2 * (diffusive + (jumpVariance * rate) / (1 - none || 1)) };
    }),
  ]);
}

/** Quantile of a chi-squared divided by its degrees of freedom (Wilson and Hilferty, 1931). */
function chiSquaredShare(p: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return Math.max(0.02, 1 - spread + normalQuantile(p) * Math.sqrt(spread)) ** 3;
}
