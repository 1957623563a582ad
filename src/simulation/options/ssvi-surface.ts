import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { normalQuantile } from '../../math/normal.js';
import { moneynessOfD1 } from '../../options/surface/delta-point.js';
import { sviTotalVariance, type SviSlice } from '../../options/surface/svi.js';
import { sumAt, type VarianceSums } from './expected-variance.js';

/** Curvature η: up to 1 no correlation within (−1, 1) makes an arbitrage, by η (1 + |ρ|) ≤ 2. */
const CURVATURE = 1;
/** Largest correlation ρ, and largest skew at a delta of 0.25 over the volatility at the money, which it can reach. */
const [STEEPEST, MOST_SKEW] = [0.95, 0.55];
const D1_CALL_25 = normalQuantile(0.25);
/** 25-delta skew over (ρ η volatility), to first order: twice the quantile times half the slope. */
const SKEW_PER_CORRELATION = -D1_CALL_25;
const STEPS = 8;

/** Years to which the skew is given. */
export const SKEW_YEARS = 30 / 365;

/**
 * Implied volatilities of a stock at the close of a session, free of arbitrage: SSVI with φ(θ) = η / √(θ (1 + θ)) over a total variance at the
 * money θ that grows with time.
 *
 * @see Gatheral and Jacquier (2014), Arbitrage-free SVI volatility surfaces, equations 4.1 and 4.5
 */
export class SsviSurface {
  /** Volatility of puts less that of calls at a delta of 0.25 and 30 days: as wanted, or as much of it as the surface can hold. */
  readonly skew: number;
  readonly #sums: VarianceSums;
  readonly #premium: number;
  #rho: number | null = null;

  /** @param premium implied over expected volatility */
  constructor(sums: VarianceSums, premium: number, wantedSkew: number) {
    this.#sums = sums;
    this.#premium = premium;
    const most = MOST_SKEW * this.atmVolatility(SKEW_YEARS);
    this.skew = Math.max(-most, Math.min(most, wantedSkew));
  }

  /** At the forward, annualised. */
  atmVolatility(years: number): number {
    return Math.sqrt(this.#atmVariance(years) / years);
  }

  /** The smile of one time to expiry, above 0. */
  slice(years: number): SviSlice {
    return this.#slice(years, (this.#rho ??= this.#correlationOf(this.skew)));
  }

  #atmVariance(years: number): number {
    return this.#premium ** 2 * sumAt(this.#sums, years * SESSIONS_PER_YEAR);
  }

  #slice(years: number, rho: number): SviSlice {
    const theta = this.#atmVariance(years);
    const phi = CURVATURE / Math.sqrt(theta * (1 + theta));
    return { a: (theta / 2) * (1 - rho * rho), b: (theta * phi) / 2, rho, m: -rho / phi, sigma: Math.sqrt(1 - rho * rho) / phi };
  }

  /** Secants from the first-order solution; skew is almost linear in the correlation. */
  #correlationOf(skew: number): number {
    const clamp = (rho: number): number => Math.max(-STEEPEST, Math.min(STEEPEST, rho));
    let [before, rho] = [0, clamp(-skew / (SKEW_PER_CORRELATION * CURVATURE * this.atmVolatility(SKEW_YEARS)))];
    let [offBefore, off] = [-skew, this.#skewOf(rho) - skew];
    for (let step = 0; step < STEPS && Math.abs(off) > 1e-9 && off !== offBefore; step++) {
      const next = clamp(rho - (off * (rho - before)) / (off - offBefore));
      [before, offBefore] = [rho, off];
      [rho, off] = [next, this.#skewOf(next) - skew];
    }
    return rho;
  }

  #skewOf(rho: number): number {
    const slice = this.#slice(SKEW_YEARS, rho);
    const variance = (k: number): number => sviTotalVariance(slice, k);
    const bound = 10 * Math.sqrt(variance(0));
    const volatility = (d1: number): number => Math.sqrt(variance(moneynessOfD1(variance, d1, { lowest: -bound, highest: bound })) / SKEW_YEARS);
    return volatility(-D1_CALL_25) - volatility(D1_CALL_25);
  }
}
