import { presentValueOfDividends, type CashDividend } from './cash-dividend.js';

export interface DividendPayer {
  /** Price of the underlying with its dividends, quote currency. */
  readonly spot: number;
  /** Time to expiry. */
  readonly years: number;
  /** Continuous, as a fraction per year. */
  readonly rate: number;
  /** Continuous, as a fraction per year, beside the dividends in cash. */
  readonly dividendYield?: number;
  readonly dividends: readonly CashDividend[];
}

/**
 * Spot net of the present value of the dividends up to expiry: what a European option on a dividend payer is priced from, its volatility
 * being that of the net spot (escrowed dividends).
 *
 * @returns NaN where the dividends are worth the spot or more
 * @throws InvariantError when a dividend is below 0 or has no time
 * @see Hull (2018), Options, Futures, and Other Derivatives, section 15.12
 */
export function spotLessDividends({ spot, years, rate, dividends }: DividendPayer): number {
  const net = spot - presentValueOfDividends(dividends, rate, years);
  return net > 0 ? net : Number.NaN;
}
