import { columnOf, outputOf, rightOf, rowCount } from '../pricing/option-columns.js';
import { impliedDeviation } from './implied-deviation.js';

/** Prices of options on forwards, not discounted: each input a column [option] or one number for all; `isCall` 1 for a call, 0 for a put. */
export type ForwardPriceColumns = Readonly<Record<'price' | 'forward' | 'strike' | 'years', number | Float64Array>> & { readonly isCall: boolean | Uint8Array };

/** Prices of European options on an asset with a continuous dividend yield; inputs as of `ForwardPriceColumns`. */
export type PriceColumns = Readonly<Record<'price' | 'spot' | 'strike' | 'years' | 'rate' | 'dividendYield', number | Float64Array>> & { readonly isCall: boolean | Uint8Array };

/**
 * Implied volatilities of many options, [option], per year as fractions, by Black's model of the forward, with `forward` given and prices not discounted, or
 * by Black, Scholes and Merton's, with `spot`, `rate` and `dividendYield`; into `out` where it is given.
 *
 * NaN where no volatility gives the price (at or below what the option is worth if nothing moves, at or above its upper bound) and for inputs
 * that cannot be (NaN, infinite, prices not positive, no time left). To the last digits that the price determines.
 *
 * @throws InvariantError when columns differ in length
 * @see Jäckel (2015), "Let's Be Rational"
 */
export function impliedVolatilities(columns: ForwardPriceColumns | PriceColumns, out?: Float64Array): Float64Array {
  const count = rowCount(columns, 'prices');
  const result = outputOf(out, count, 'implied volatility');
  if ('forward' in columns) ofForwards(columns, count, result);
  else ofSpots(columns, count, result);
  return result;
}

function ofForwards(columns: ForwardPriceColumns, count: number, out: Float64Array): void {
  const [price, forward, strike, years] = [columnOf(columns.price), columnOf(columns.forward), columnOf(columns.strike), columnOf(columns.years)];
  const isCall = rightOf(columns.isCall);
  for (let i = 0; i < count; i++) {
    const deviation = deviationOf(price.values[i * price.step], forward.values[i * forward.step], strike.values[i * strike.step], isCall.values[i * isCall.step]);
    out[i] = perYear(deviation, years.values[i * years.step]);
  }
}

function ofSpots(columns: PriceColumns, count: number, out: Float64Array): void {
  const [price, spot, strike, years] = [columnOf(columns.price), columnOf(columns.spot), columnOf(columns.strike), columnOf(columns.years)];
  const [rate, dividendYield, isCall] = [columnOf(columns.rate), columnOf(columns.dividendYield), rightOf(columns.isCall)];
  for (let i = 0; i < count; i++) {
    const time = years.values[i * years.step];
    const carry = dividendYield.values[i * dividendYield.step];
    const growth = Math.exp(rate.values[i * rate.step] * time);
    const forward = spot.values[i * spot.step] * growth * (carry === 0 ? 1 : Math.exp(-carry * time));
    out[i] = perYear(deviationOf(price.values[i * price.step] * growth, forward, strike.values[i * strike.step], isCall.values[i * isCall.step]), time);
  }
}

/** The volatility of a deviation over the years; NaN where there is no time, and beyond what doubles hold. */
function perYear(deviation: number, years: number): number {
  if (!(years > 0)) return Number.NaN;
  const volatility = deviation / Math.sqrt(years);
  return volatility > 0 && volatility < Infinity ? volatility : Number.NaN;
}

/** Of one price that is not discounted. In the money it is the option of the other right that is solved for, whose value is what remains above the intrinsic one. */
function deviationOf(price: number, forward: number, strike: number, isCall: number): number {
  const high = forward > strike ? forward : strike;
  const low = forward > strike ? strike : forward;
  if (!(low > 0 && high < Infinity)) return Number.NaN;
  const bound = isCall === 1 ? forward : strike;
  return impliedDeviation(bound === high ? timeValueOf(price, high, low) : price, bound - price, low, high);
}

/** price − (high − low), less what the inner difference loses by rounding (Møller, 1965). */
function timeValueOf(price: number, high: number, low: number): number {
  const intrinsic = high - low;
  const back = high - intrinsic;
  const lost = high - (intrinsic + back) + (back - low);
  return price - intrinsic - lost;
}
