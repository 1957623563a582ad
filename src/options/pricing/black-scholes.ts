import { GREEKS, type Greek } from './greek-formulas.js';
import { greeks } from './greeks.js';
import { requireOption, type EuropeanOption } from './option-columns.js';

/**
 * Value of a European option by Black, Scholes and Merton, in the currency of its spot; without time or volatility what it is worth if nothing moves.
 *
 * @throws InvariantError for what is not finite, a spot or strike that is not positive, negative time or volatility
 * @see Black and Scholes (1973); Merton (1973), continuous dividend yield
 */
export function blackScholesPrice(option: EuropeanOption): number {
  requireOption(option);
  return greeks(option, ['price']).price[0];
}

/**
 * Value and all Greeks of one European option, as `greeks` gives them for many, bit for bit; units and limits there.
 *
 * @throws InvariantError for what is not finite, a spot or strike that is not positive, negative time or volatility
 */
export function blackScholesGreeks(option: EuropeanOption): Record<Greek, number> {
  requireOption(option);
  const columns = greeks(option, GREEKS);
  return Object.fromEntries(GREEKS.map((name) => [name, columns[name][0]])) as Record<Greek, number>;
}
