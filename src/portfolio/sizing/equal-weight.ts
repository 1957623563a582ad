import { scaledDown } from './scaled-down.js';
import { sizedNames, spread } from './sized-names.js';
import type { Sizing, SizingInput } from './sizing.js';

/** One part of `slots` each, at most `maxWeight`, scaled down together where their sum exceeds the budget; it does not look at volatility. */
export const equalWeight: Sizing = {
  name: 'equal-weight',
  describe: 'each name gets one part of as many as a full book holds',
  source: 'DeMiguel, Garlappi and Uppal (2009), Optimal versus naive diversification, the 1/N rule',
  needsCovariance: false,
  weights(input: SizingInput): Float64Array {
    const names = sizedNames(input, equalWeight);
    const weights = new Float64Array(names.at.length).fill(Math.min(input.maxWeight, 1 / input.slots));
    return spread(scaledDown(weights, input.budget), names, input.symbols.length);
  },
};
