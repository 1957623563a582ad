import { DAYS_PER_YEAR } from '../chain/option-chain.js';

/**
 * What is assumed of those who hold the other side, and how contracts are valued: open interest does not say who is long.
 *
 * Usual: dealers are long the calls that customers sell and short the puts that customers buy. Nobody outside knows; figures under it are
 * a convention, not a measurement.
 */
export interface ExposureConvention {
  /** Sign of the dealers' position in calls and in puts. */
  readonly callSign: 1 | -1;
  readonly putSign: 1 | -1;
  /** Continuous, annual fractions. */
  readonly rate: number;
  readonly dividendYield: number;
  /** Volatilities outside are left out, annual fractions. */
  readonly minVolatility: number;
  readonly maxVolatility: number;
  /** The profile's spots: from `low` to `high` as fractions of the spot, `points` of them. */
  readonly profile: { readonly low: number; readonly high: number; readonly points: number };
}

export const USUAL_CONVENTION: ExposureConvention = {
  callSign: 1,
  putSign: -1,
  rate: 0.04,
  dividendYield: 0,
  minVolatility: 0.01,
  maxVolatility: 3,
  profile: { low: 0.85, high: 1.15, points: 61 },
};

/** Time whose rate stands for all expiries, years. */
export const CARRY_YEARS = 30 / DAYS_PER_YEAR;

/** The convention with the carry of a chain: its 30-day rate and its steady yield, for all expiries, as a profile over spots wants one. */
export function carriedConvention(usual: ExposureConvention, { curve, steadyYield }: { readonly curve: { rate(years: number): number }; readonly steadyYield: number }): ExposureConvention {
  return { ...usual, rate: curve.rate(CARRY_YEARS), dividendYield: steadyYield };
}
