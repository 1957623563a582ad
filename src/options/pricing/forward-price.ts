import { spotLessDividends, type DividendPayer } from './spot-less-dividends.js';

/**
 * Price at which to agree now on a purchase in `years`: the spot net of dividends in cash, grown by rate less dividend yield.
 *
 * @returns NaN where the dividends are worth the spot or more
 * @throws InvariantError when a dividend is below 0 or has no time
 */
export function forwardPrice(payer: DividendPayer): number {
  return spotLessDividends(payer) * Math.exp((payer.rate - (payer.dividendYield ?? 0)) * payer.years);
}
