import type { EuropeanOption } from '../option-columns.js';

/** A contract that may be exercised on any day up to its expiry, with what its value depends on. */
export interface AmericanOption {
  /** Price of the underlying, quote currency. */
  readonly spot: number;
  readonly strike: number;
  /** Time to expiry; none left: the exercise value. */
  readonly years: number;
  /** Continuous, as a fraction per year. */
  readonly rate: number;
  /** Continuous, as a fraction per year. */
  readonly dividendYield: number;
  /** Fraction per square root of a year. */
  readonly volatility: number;
  readonly isCall: boolean;
}

/** The same contract as a put on one unit of strike. */
export interface UnitPut {
  /** Spot by strike of the put. */
  readonly moneyness: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly volatility: number;
  /** Value of the contract by value of the put. */
  readonly scale: number;
}

/**
 * An American call is a put with spot and strike, rate and dividend yield exchanged.
 *
 * @see McDonald and Schroder (1998), A parity result for American options
 */
export function asUnitPut({ spot, strike, years, rate, dividendYield, volatility, isCall }: AmericanOption): UnitPut {
  if (isCall) return { moneyness: strike / spot, years, rate: dividendYield, dividendYield: rate, volatility, scale: spot };
  return { moneyness: spot / strike, years, rate, dividendYield, volatility, scale: strike };
}

/** The put without the right to exercise early, on one unit of strike. */
export function asEuropean({ moneyness, years, rate, dividendYield, volatility }: UnitPut): EuropeanOption {
  return { spot: moneyness, strike: 1, years, rate, dividendYield, volatility, isCall: false };
}

/** Interest and dividends up to expiry, as shares of strike and spot, that are lost in the rounding of a price. */
const NOTHING = 1e-15;

/** How a put is exercised: never, below one boundary, or between two (both rates negative, the yield more so). */
export type ExerciseRegime = 'never' | 'below' | 'between';

/**
 * To exercise a put earns interest on the strike and gives up the yield of the stock: r K − q S a year while S < K.
 *
 * @see Battauz, De Donno and Sbuelz (2015), Real options and American derivatives: the double continuation region
 */
export function exerciseRegime({ rate, dividendYield, years }: Pick<UnitPut, 'rate' | 'dividendYield' | 'years'>): ExerciseRegime {
  if (rate < 0) return dividendYield >= rate ? 'never' : 'between';
  return Math.max(rate, -dividendYield) * years > NOTHING ? 'below' : 'never';
}
