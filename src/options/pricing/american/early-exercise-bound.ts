import { normalCumulative } from '../../../math/normal.js';
import { asUnitPut, exerciseRegime, type AmericanOption, type UnitPut } from './american-option.js';
import { boundaryAtExpiry } from './qd-plus.js';

/**
 * What the right to exercise early is worth at most, quote currency, by one value of Φ: all interest (and none of the dividends) that
 * exercise can earn, by the largest probability on any day that the spot lies beyond the boundary at expiry; 0 where it never pays.
 *
 * Four times the premium in the middle of a wide range of contracts, six to twelve times near the money, more where it hardly matters.
 *
 * @returns NaN where a number is missing
 * @see Kim (1990), The analytic valuation of American options, for the premium that it bounds
 */
export function earlyExerciseBound(option: AmericanOption): number {
  const put = asUnitPut(option);
  const { moneyness, years, rate, dividendYield, scale } = put;
  const sum = moneyness + years + rate + dividendYield + put.volatility + scale;
  if (Number.isNaN(sum)) return sum;
  const regime = exerciseRegime(put);
  if (regime === 'never' || years <= 0) return 0;
  const interest = Math.max(0, -Math.expm1(-rate * years));
  const negativeDividends = moneyness * Math.max(0, Math.expm1(-dividendYield * years));
  return scale * (interest + negativeDividends) * (regime === 'between' ? 1 : largestProbability(put));
}

/**
 * Whether a contract must be priced as American: whether early exercise can be worth more than `tolerance`, a share of the spot.
 *
 * @returns true also where a number is missing, which the price then tells
 */
export function earlyExerciseMatters(option: AmericanOption, tolerance = 1e-5): boolean {
  return !(earlyExerciseBound(option) <= tolerance * option.spot);
}

/** Largest probability, over the days up to expiry, of a spot below the boundary at expiry. */
function largestProbability(put: UnitPut): number {
  const { moneyness, years, rate, dividendYield, volatility } = put;
  const distance = Math.log(moneyness / boundaryAtExpiry(put));
  const drift = rate - dividendYield - (volatility * volatility) / 2;
  if (distance < 0) return 1;
  if (distance === 0 && drift >= 0) return 0.5;
  // against an upward drift the probability has its peak before expiry
  const day = drift > 0 ? Math.min(years, distance / drift) : years;
  return normalCumulative(-(distance + drift * day) / (volatility * Math.sqrt(day)));
}
