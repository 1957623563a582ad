import { normalCumulative, normalDensity } from '../../../math/normal.js';
import { blackScholesPrice } from '../black-scholes.js';
import { greeks } from '../greeks.js';
import { asEuropean, asUnitPut, exerciseRegime, type AmericanOption, type UnitPut } from './american-option.js';
import { certainPut } from './certain-put.js';
import { exerciseBoundary, fallAt, type ExerciseBoundary } from './exercise-boundary.js';
import { exerciseScheme, type AmericanPrecision, type ExerciseScheme } from './exercise-scheme.js';

export interface AmericanValue {
  readonly price: number;
  /** Change of the price per unit of spot. */
  readonly delta: number;
  /** Change of delta per unit of spot. */
  readonly gamma: number;
  /** Change of the price per year that passes. */
  readonly theta: number;
  /** Spot at which to exercise now (at or below it a put, at or above it a call); null where it is never worth while. */
  readonly boundary: number | null;
}

/** Below this deviation σ√T the underlying is taken as certain: the price differs by less than a third of it. */
const CERTAIN = 1e-7;

const NONE: AmericanValue = { price: Number.NaN, delta: Number.NaN, gamma: Number.NaN, theta: Number.NaN, boundary: null };

/**
 * Price of an American option on a stock with a continuous dividend yield: its European price and an integral along the exercise boundary.
 *
 * At `standard` within 1e-6 of the spot for common contracts, at `fast` within 1e-5; rates may be negative.
 *
 * @returns NaN where a number is missing or impossible, and where the contract is exercised between two boundaries (a put with
 *   dividendYield < rate < 0, a call with rate < dividendYield < 0): see `latticePrice`
 * @see Andersen, Lake and Offengenden (2016), High-performance American option pricing
 */
export function americanPrice(option: AmericanOption, precision: AmericanPrecision = 'standard'): number {
  const put = asUnitPut(option);
  return Math.max(exerciseValue(option), put.scale * unitAmericanPut(put, precision));
}

/**
 * Price, delta, gamma and theta of an American option, by the same boundary; in the exercise region those of the exercise value.
 *
 * @returns NaN as `americanPrice`, and beside the price with neither time nor volatility left, where slopes are undefined
 * @see Andersen, Lake and Offengenden (2016); theta from the equation of Black and Scholes
 */
export function americanValue(option: AmericanOption, precision: AmericanPrecision = 'standard'): AmericanValue {
  const put = asUnitPut(option);
  if (!isPossible(put)) return NONE;
  const { spot, rate, dividendYield, volatility, isCall } = option;
  const regime = exerciseRegime(put);
  if (regime === 'between') return NONE;
  if (isCertain(put)) return { ...NONE, price: Math.max(exerciseValue(option), put.scale * certainPut(put)) };
  const scheme = exerciseScheme(precision);
  const boundary = regime === 'never' ? null : exerciseBoundary(put, scheme);
  const unit = boundary === null ? europeanSlopes(put) : slopesAlong(put, boundary, scheme);
  const price = Math.max(exerciseValue(option), put.scale * unit.value);
  // a call is its put with spot and strike exchanged: its slope is the put's in the strike, which follows from values being homogeneous
  const delta = isCall ? unit.value - put.moneyness * unit.delta : unit.delta;
  const gamma = isCall ? (unit.gamma * put.moneyness ** 2) / spot : unit.gamma / put.scale;
  const theta = unit.gamma === 0 && delta === (isCall ? 1 : -1) ? 0 : rate * price - (rate - dividendYield) * spot * delta - (volatility * volatility * spot * spot * gamma) / 2;
  return { price, delta, gamma, theta, boundary: boundary === null ? null : criticalSpot(boundary, option) };
}

/** The right to exercise is at least worth that, but for rounding of its price by units of strike. */
function exerciseValue({ spot, strike, isCall }: AmericanOption): number {
  return isCall ? spot - strike : strike - spot;
}

function isPossible({ moneyness, years, rate, dividendYield, volatility, scale }: UnitPut): boolean {
  return moneyness > 0 && scale > 0 && Number.isFinite(scale * moneyness) && years > -Infinity && years < Infinity && Math.abs(rate) < Infinity && Math.abs(dividendYield) < Infinity && volatility >= 0 && volatility < Infinity;
}

function isCertain({ years, volatility }: UnitPut): boolean {
  return !(years > 0) || volatility * Math.sqrt(years) < CERTAIN;
}

/** Value of an American put on one unit of strike; NaN as `americanPrice`. */
export function unitAmericanPut(put: UnitPut, precision: AmericanPrecision): number {
  if (!isPossible(put)) return Number.NaN;
  const regime = exerciseRegime(put);
  if (regime === 'between') return Number.NaN;
  if (isCertain(put)) return certainPut(put);
  const european = blackScholesPrice(asEuropean(put));
  if (regime === 'never') return european;
  const scheme = exerciseScheme(precision);
  const boundary = exerciseBoundary(put, scheme);
  const exercise = 1 - put.moneyness;
  if (Math.log(put.moneyness) <= logBoundaryNow(boundary)) return exercise;
  return Math.max(exercise, european + Math.max(0, premiumAlong(put, boundary, scheme)));
}

function logBoundaryNow({ atExpiry, depth }: ExerciseBoundary): number {
  return atExpiry - Math.sqrt(depth[depth.length - 1]);
}

function criticalSpot(boundary: ExerciseBoundary, { strike, isCall }: AmericanOption): number {
  return strike * Math.exp(isCall ? -logBoundaryNow(boundary) : logBoundaryNow(boundary));
}

/** Worth today of the interest less the dividends gained wherever the stock will lie below the boundary. */
function premiumAlong({ moneyness, years, rate, dividendYield, volatility }: UnitPut, { atExpiry, depth }: ExerciseBoundary, scheme: ExerciseScheme): number {
  const { premiumPoints, premiumRule, behindNow } = scheme;
  const deviation = volatility * Math.sqrt(years);
  const logSpot = Math.log(moneyness) - atExpiry;
  let sum = 0;
  for (let k = 0; k < premiumPoints; k++) {
    const spread = deviation * premiumRule.sine[k];
    const ahead = years * (1 - premiumRule.past[k]);
    const low = (logSpot + fallAt(depth, behindNow, k) + (rate - dividendYield) * ahead) / spread - spread / 2;
    let gained = rate * Math.exp(-rate * ahead) * normalCumulative(-low);
    if (dividendYield !== 0) gained -= dividendYield * moneyness * Math.exp(-dividendYield * ahead) * normalCumulative(-low - spread);
    sum += premiumRule.weight[k] * gained;
  }
  return years * sum;
}

/** Value, delta and gamma of a put on one unit of strike, in its own units. */
interface UnitSlopes {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
}

function europeanSlopes(put: UnitPut): UnitSlopes {
  const { price, delta, gamma } = greeks(asEuropean(put), ['price', 'delta', 'gamma']);
  return { value: price[0], delta: delta[0], gamma: gamma[0] };
}

function slopesAlong(put: UnitPut, boundary: ExerciseBoundary, scheme: ExerciseScheme): UnitSlopes {
  if (Math.log(put.moneyness) <= logBoundaryNow(boundary)) return { value: 1 - put.moneyness, delta: -1, gamma: 0 };
  const european = europeanSlopes(put);
  const premium = premiumSlopes(put, boundary, scheme);
  const value = european.value + Math.max(0, premiumAlong(put, boundary, scheme));
  return { value: Math.max(1 - put.moneyness, value), delta: Math.max(-1, european.delta + premium.delta), gamma: Math.max(0, european.gamma + premium.gamma) };
}

/** First and second derivative of the premium in the spot, with the boundary where it is. */
function premiumSlopes({ moneyness, years, rate, dividendYield, volatility }: UnitPut, { atExpiry, depth }: ExerciseBoundary, scheme: ExerciseScheme): { readonly delta: number; readonly gamma: number } {
  const { premiumPoints, premiumRule, behindNow } = scheme;
  const deviation = volatility * Math.sqrt(years);
  const logSpot = Math.log(moneyness) - atExpiry;
  let delta = 0;
  let gamma = 0;
  for (let k = 0; k < premiumPoints; k++) {
    const spread = deviation * premiumRule.sine[k];
    const ahead = years * (1 - premiumRule.past[k]);
    const low = (logSpot + fallAt(depth, behindNow, k) + (rate - dividendYield) * ahead) / spread - spread / 2;
    const high = low + spread;
    const interest = (rate * Math.exp(-rate * ahead) * normalDensity(low)) / (moneyness * spread);
    const shares = dividendYield * Math.exp(-dividendYield * ahead);
    const dividends = (shares * normalDensity(high)) / spread;
    delta += premiumRule.weight[k] * (dividends - interest - shares * normalCumulative(-high));
    gamma += premiumRule.weight[k] * (interest * (1 + low / spread) + dividends * (1 - high / spread)) / moneyness;
  }
  return { delta: years * delta, gamma: years * gamma };
}
