import { impliedVolatilities } from '../implied-volatility/implied-volatilities.js';
import type { ExpiryRows } from '../surface/expiry-rows.js';

/** Depth in the money, ln of strike and forward, to which a price still tells a volatility: deeper, early exercise and rounding rule it. */
const DEEPEST = 0.05;

/**
 * Fills in the volatilities that the prices of one expiry imply by Black's model of its forward; NaN for contracts without a usable price, deeper
 * in the money than five percent, or at prices that no volatility gives.
 *
 * Contracts are American, but those out of the money hold hardly any value of early exercise; deep ones take theirs from the smile.
 */
export function volatilitiesOfPrices({ strike, isCall, price, volatility }: ExpiryRows, { years, forward, discount }: { readonly years: number; readonly forward: number; readonly discount: number }): void {
  impliedVolatilities({ price: price.map((value) => value / discount), forward, strike, years, isCall }, volatility);
  for (let i = 0; i < strike.length; i++) {
    const depth = isCall[i] === 1 ? Math.log(forward / strike[i]) : Math.log(strike[i] / forward);
    if (!(depth <= DEEPEST)) volatility[i] = Number.NaN;
  }
}
