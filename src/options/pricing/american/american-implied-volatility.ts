import { impliedVolatility } from '../../implied-volatility/implied-volatility.js';
import { blackScholesPrice } from '../black-scholes.js';
import { asUnitPut, exerciseRegime, type AmericanOption, type UnitPut } from './american-option.js';
import { unitAmericanPut } from './american-price.js';
import type { AmericanPrecision } from './exercise-scheme.js';
import { volatilityWhere } from './volatility-where.js';

/** An American option by its price. */
export interface PricedAmericanOption extends Omit<AmericanOption, 'volatility'> {
  /** Quote currency. */
  readonly price: number;
}

/** Time value, in units of strike, below which it is rounding of the price beside the exercise value. */
const ROUNDING = 1e-13;

/** Last step of the search, as a share of the volatility: what is left after it is about its square. */
const LAST_STEP: Readonly<Record<AmericanPrecision, number>> = { fast: 1e-4, standard: 1e-8, precise: 1e-10 };

/**
 * Volatility at which `americanPrice` is the price given.
 *
 * @returns `null` where no volatility gives the price: at or below what the contract is worth if nothing moves (its exercise value, where
 *   the price stays the same for all volatilities up to that at which waiting starts to pay), at or above what it is worth if all
 *   moves (spot or strike), with no time left, or where `americanPrice` is NaN
 * @see Andersen, Lake and Offengenden (2016) for the price
 */
export function americanImpliedVolatility(option: PricedAmericanOption, precision: AmericanPrecision = 'standard'): number | null {
  const put = asUnitPut({ ...option, volatility: 0 });
  const certain = unitAmericanPut(put, precision);
  const timeValue = option.price / put.scale - certain;
  const rounding = certain > 0 ? ROUNDING : 0;
  if (!(put.years > 0 && timeValue > rounding && option.price < put.scale * worthIfAllMoves(put))) return null;
  const distance = Math.abs(Math.log(put.moneyness) + (put.rate - put.dividendYield) * put.years);
  const start = startingVolatility(put, timeValue, distance);
  return volatilityWhere((volatility) => unitAmericanPut({ ...put, volatility }, precision) - certain, { target: timeValue, start, distance, years: put.years, tolerance: LAST_STEP[precision] });
}

/**
 * European price at the volatility of an American price: what parity, smiles and European formulas may be fed.
 *
 * At `fast` within 1e-5 of the spot for common contracts.
 *
 * @returns `null` as `americanImpliedVolatility`
 */
export function europeanEquivalentPrice(option: PricedAmericanOption, precision: AmericanPrecision = 'fast'): number | null {
  const volatility = americanImpliedVolatility(option, precision);
  return volatility === null ? null : blackScholesPrice({ ...option, volatility });
}

/** Limit of the value of a put on one unit of strike as volatility grows. */
function worthIfAllMoves(put: UnitPut): number {
  return exerciseRegime(put) === 'never' ? Math.exp(-put.rate * put.years) : 1;
}

/** Volatility at which the European contract has the time value, which is nearly that of the American one. */
function startingVolatility({ moneyness, years, rate, dividendYield }: UnitPut, timeValue: number, distance: number): number {
  const isCall = moneyness * Math.exp(-dividendYield * years) < Math.exp(-rate * years); // the right out of the money, whose price is time value alone
  const european = impliedVolatility({ price: timeValue, spot: moneyness, strike: 1, years, rate, dividendYield, isCall });
  return european ?? Math.max(Math.sqrt((2 * distance) / years), 1e-4);
}
