import { InvariantError } from '../../core/errors.js';
import { blackScholesPrice } from './black-scholes.js';

/** One European option on a forward. */
export interface ForwardOption {
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly volatility: number;
  readonly isCall: boolean;
}

/**
 * Value of a European option on a forward by Black's model, not discounted, in the currency of the forward.
 *
 * @throws InvariantError for what is not finite, a forward or strike that is not positive, negative time or volatility
 * @see Black (1976)
 */
export function blackPrice({ forward, strike, years, volatility, isCall }: ForwardOption): number {
  if (!(forward > 0)) throw new InvariantError(`expected a positive "forward" of the option, found ${forward}`);
  return blackScholesPrice({ spot: forward, strike, years, rate: 0, dividendYield: 0, volatility, isCall });
}
