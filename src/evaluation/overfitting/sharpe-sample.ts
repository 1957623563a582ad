import { mean, standardDeviation } from '../../math/stats.js';

/** A Sharpe ratio and what its uncertainty rests on. */
export interface SharpeSample {
  /** Mean over standard deviation (divisor n − 1) per session, not annualized. */
  readonly sharpe: number;
  /** Sessions. */
  readonly count: number;
  /** Third standardized moment (divisor n). */
  readonly skewness: number;
  /** Fourth standardized moment (divisor n), 3 for normal returns. */
  readonly kurtosis: number;
}

/** Sharpe ratio per session and moments of returns less the risk-free rate, [session], fractions; `null` for fewer than two or when they do not vary. */
export function sharpeSample(returns: ArrayLike<number>): SharpeSample | null {
  const sharpe = sharpeOf(returns);
  if (sharpe === null) return null;
  const centre = mean(returns);
  const count = returns.length;
  let [second, third, fourth] = [0, 0, 0];
  for (let t = 0; t < count; t++) {
    const off = returns[t] - centre;
    second += off * off;
    third += off ** 3;
    fourth += off ** 4;
  }
  const variance = second / count;
  return { sharpe, count, skewness: third / count / variance ** 1.5, kurtosis: fourth / count / variance ** 2 };
}

/** Mean over standard deviation per session; `null` for fewer than two returns or when they vary no more than rounding does. */
export function sharpeOf(returns: ArrayLike<number>): number | null {
  const [centre, deviation] = [mean(returns), standardDeviation(returns)];
  return deviation > 8 * Number.EPSILON * Math.abs(centre) ? centre / deviation : null;
}
