import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import type { LatentInputs } from '../latent-returns.js';
import type { SimulationSettings } from '../settings.js';

/** Volatilities that no chain leaves, annual. */
const [LEAST, MOST] = [0.05, 2];

/** Sums of a variance over the sessions to come: none, the next, the next two, and so on; [lag] */
export type VarianceSums = Float64Array;

/**
 * The variance of a stock that its volatility process lets expect of each session to come, given all that is known at the close of a session:
 * relative volatilities are exp of an AR(1), regimes a Markov chain, jumps as many as set.
 *
 * Each factor is what its own law says: with l the level of the logarithm, E[relative²] k sessions on is exp(2 φᵏ l − 2 d² φ²ᵏ).
 */
export class ExpectedVariance {
  readonly #inputs: LatentInputs;
  readonly #powers: Float64Array;
  readonly #stayPowers: Float64Array;
  readonly #withJumps: number;
  readonly #steady: number;
  #marketAt = -1;
  readonly #market: Float64Array;

  /** @param lags sessions that are looked ahead */
  constructor(inputs: LatentInputs, lags: number) {
    const { stochasticVolatility, jumps, market } = inputs.settings;
    this.#inputs = inputs;
    this.#powers = powers(stochasticVolatility.persistence, lags);
    this.#stayPowers = powers(1 - 1 / market.calm.meanSessions - 1 / market.stressed.meanSessions, lags);
    this.#withJumps = 1 + jumpVariance(jumps);
    this.#steady = stationaryVariance(market);
    this.#market = new Float64Array(lags);
  }

  /** @param volatility of the stock's residual in the session, a session's fraction */
  sums(stock: number, t: number, volatility: number): VarianceSums {
    const { stocks, settings } = this.#inputs;
    this.#lookAtMarket(t);
    const [beta, usual, sector] = [stocks.betas[stock], stocks.volatilities[stock], settings.sectors.volatility ** 2 / SESSIONS_PER_YEAR];
    const deviation = settings.stochasticVolatility.deviation;
    const level = Math.log(volatility / usual) + deviation ** 2;
    const sums = new Float64Array(this.#market.length + 1);
    for (let k = 0; k < this.#market.length; k++) {
      const variance = beta ** 2 * this.#market[k] + sector + usual ** 2 * this.#withJumps * expectedSquare(level, deviation, this.#powers[k]);
      sums[k + 1] = sums[k] + Math.min(MOST ** 2, Math.max(LEAST ** 2, variance * SESSIONS_PER_YEAR)) / SESSIONS_PER_YEAR;
    }
    return sums;
  }

  #lookAtMarket(t: number): void {
    if (t === this.#marketAt) return;
    const { factors, settings: { market, stochasticVolatility: { deviation } } } = this.#inputs;
    const state = (factors.regimes[t] === 0 ? market.calm : market.stressed).volatility ** 2 / SESSIONS_PER_YEAR;
    const relative = state > 0 ? factors.marketVolatility[t] / Math.sqrt(state) : 1;
    const level = Math.log(relative) + deviation ** 2;
    for (let k = 0; k < this.#market.length; k++) this.#market[k] = (this.#steady + (state - this.#steady) * this.#stayPowers[k]) * expectedSquare(level, deviation, this.#powers[k]);
    this.#marketAt = t;
  }
}

/** At a number of sessions that need not be whole. */
export function sumAt(sums: VarianceSums, sessions: number): number {
  const whole = Math.min(Math.floor(sessions), sums.length - 2);
  return sums[whole] + (sessions - whole) * (sums[whole + 1] - sums[whole]);
}

/** Base to the power of 1, 2, …; [lag] */
const powers = (base: number, lags: number): Float64Array => Float64Array.from({ length: lags }, (_, k) => base ** (k + 1));

const expectedSquare = (level: number, deviation: number, power: number): number => Math.exp(2 * power * level - 2 * (deviation * power) ** 2);

/** Variance that jumps add in a session, in squared volatilities. */
const jumpVariance = ({ perYear, scale, degreesOfFreedom }: SimulationSettings['jumps']): number => ((perYear / SESSIONS_PER_YEAR) * scale ** 2 * degreesOfFreedom) / (degreesOfFreedom - 2);

/** Of the market in the long run, a session. */
function stationaryVariance({ calm, stressed }: SimulationSettings['market']): number {
  const share = stressed.meanSessions / (calm.meanSessions + stressed.meanSessions);
  return ((1 - share) * calm.volatility ** 2 + share * stressed.volatility ** 2) / SESSIONS_PER_YEAR;
}
