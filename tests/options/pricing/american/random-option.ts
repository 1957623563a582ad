import fc from 'fast-check';

import type { AmericanOption } from '../../../../src/options/pricing/american/american-option.js';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** Contracts on a spot of 100 from an hour to five years, within three deviations of the money; rates not so negative that there are two boundaries. */
export const randomOption: fc.Arbitrary<AmericanOption> = fc
  .record({ logYears: between(Math.log(1 / 8760), Math.log(5)), logVolatility: between(Math.log(0.04), Math.log(2.5)), deviations: between(-3, 3), rate: fc.oneof(fc.constant(0), between(-0.03, 0.15)), dividendYield: fc.oneof(fc.constant(0), between(-0.03, 0.15)), isCall: fc.boolean() })
  .map(({ logYears, logVolatility, deviations, rate, dividendYield, isCall }) => {
    const [years, volatility] = [Math.exp(logYears), Math.exp(logVolatility)];
    return { spot: 100, strike: 100 * Math.exp(deviations * volatility * Math.sqrt(years)), years, rate, dividendYield, volatility, isCall };
  })
  .filter(({ rate, dividendYield, isCall }) => (isCall ? !(dividendYield < 0 && rate < dividendYield) : !(rate < 0 && dividendYield < rate)));

export function exerciseValue({ spot, strike, isCall }: Pick<AmericanOption, 'spot' | 'strike' | 'isCall'>): number {
  return Math.max(0, isCall ? spot - strike : strike - spot);
}
