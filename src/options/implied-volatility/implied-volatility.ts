import { impliedVolatilities } from './implied-volatilities.js';

/** Price of an option on a forward, not discounted; time in years. */
export interface ForwardPrice {
  readonly price: number;
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly isCall: boolean;
}

/** Price of a European option on an asset with a continuous dividend yield; rates are fractions, continuous, per year. */
export interface SpotPrice {
  readonly price: number;
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly isCall: boolean;
}

/**
 * Implied volatility of one option, per year as a fraction, as `impliedVolatilities` gives it for many, bit for bit: by Black's model of a forward or by
 * Black, Scholes and Merton's of a spot.
 *
 * `null` where no volatility gives the price (at or below what the option is worth if nothing moves, at or above its upper bound) and for inputs
 * that cannot be (NaN, infinite, prices not positive, no time left).
 */
export function impliedVolatility(option: ForwardPrice | SpotPrice): number | null {
  const [volatility] = impliedVolatilities(option);
  return Number.isNaN(volatility) ? null : volatility;
}
